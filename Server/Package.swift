// swift-tools-version: 6.2
// The server and its command line. It depends on the SDK's package by path, for the wire format.

import PackageDescription

let package = Package(
    name: "flycatcher-server",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "flycatcher", targets: ["FlycatcherCLI"]),
        // For the benchmarks.
        .library(name: "Ingest", targets: ["Ingest", "Model"]),
        // For the fuzzers.
        .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
    ],
    dependencies: [
        // The doors are for the tests; no program of this package contains one.
        .package(
            name: "flycatcher", path: "..",
            traits: [
                "Logging", "Metrics", "Hummingbird", "AsyncHTTPClient", "ServiceLifecycle", "ArgumentParser",
                "Tracing",
            ]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CDeflate", pkgConfig: "libdeflate",
            providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(
            name: "CBrotli", pkgConfig: "libbrotlidec",
            providers: [.apt(["libbrotli-dev"]), .brew(["brotli"])]),
        .target(name: "Compression", dependencies: ["CZlib", "CDeflate", "CZstd", "CBrotli"]),
        .target(name: "Model", dependencies: [.product(name: "FlycatcherWire", package: "flycatcher")]),
        .target(
            name: "Ingest",
            dependencies: [
                "Compression", "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ]),
        .target(
            name: "SQLiteStorage",
            dependencies: [
                "Compression", "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "Web",
            dependencies: [
                "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]),
        .target(
            name: "API",
            dependencies: [
                "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ]),
        .target(
            name: "FlycatcherServer",
            dependencies: [
                "API", "Compression", "Ingest", "Model", "SQLiteStorage", "Web",
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        .executableTarget(
            name: "FlycatcherCLI",
            dependencies: [
                "FlycatcherServer", "Model",
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            linkerSettings: [
                // Nobody looks symbols up in the program by name; docs/decisions/0047 tells what that saves.
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"],
                    .when(platforms: [.linux], configuration: .release))
            ]),

        .target(
            name: "StoreContract",
            dependencies: ["Model", "Compression", .product(name: "FlycatcherWire", package: "flycatcher")],
            path: "Tests/StoreContract"),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Ingest", "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ],
            path: "Tests/FuzzTargets"),
        .testTarget(
            name: "ModelTests",
            dependencies: ["Model", .product(name: "FlycatcherWire", package: "flycatcher")]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),
        .testTarget(
            name: "IngestTests",
            dependencies: [
                "Compression", "FuzzTargets", "Ingest", "Model",
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ], exclude: ["Fixtures", "Group/Golden", "Normalize/Golden"]),
        .testTarget(
            name: "SQLiteStorageTests",
            dependencies: [
                "Compression", "Model", "SQLiteStorage", "StoreContract",
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Model", "Web", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ]),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "Model", .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
            ]),
        .testTarget(
            name: "FlycatcherServerTests",
            dependencies: [
                "Compression", "FlycatcherServer", "Model", "SQLiteStorage", "StoreContract",
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "TapeJSON", package: "flycatcher"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(
            name: "FlycatcherCLITests",
            dependencies: [
                "FlycatcherCLI", "FlycatcherServer",
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Makes events as only the pipeline may, so it stands in this package.
        .executableTarget(
            name: "GrowthBenchmark",
            dependencies: [
                "Model", "SQLiteStorage", .product(name: "FlycatcherWire", package: "flycatcher"),
            ],
            path: "Benchmarks/Growth"),
        // Asks what no library of this package shows to others.
        .executableTarget(
            name: "QuotaBenchmark",
            dependencies: [
                "FlycatcherServer", "Model", "SQLiteStorage",
                .product(name: "FlycatcherWire", package: "flycatcher"),
            ],
            path: "Benchmarks/Quotas"),
        .executableTarget(
            name: "CommandProbe",
            dependencies: [
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherArgumentParser", package: "flycatcher"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/CommandProbe"),
        .testTarget(
            name: "DoorTests",
            dependencies: [
                "CommandProbe",
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherWire", package: "flycatcher"),
                .product(name: "FlycatcherLogging", package: "flycatcher"),
                .product(name: "FlycatcherMetrics", package: "flycatcher"),
                .product(name: "FlycatcherHummingbird", package: "flycatcher"),
                .product(name: "FlycatcherAsyncHTTPClient", package: "flycatcher"),
                .product(name: "FlycatcherServiceLifecycle", package: "flycatcher"),
                .product(name: "FlycatcherTracing", package: "flycatcher"),
                .product(name: "FlycatcherArgumentParser", package: "flycatcher"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(
            name: "DoorSnippets",
            dependencies: [
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherHummingbird", package: "flycatcher"),
                .product(name: "FlycatcherServiceLifecycle", package: "flycatcher"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
