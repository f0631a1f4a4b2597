// swift-tools-version: 6.2
// What an app depends on: the SDK and the wire format. The server is a package of its own, in Server/.
//
// A library from elsewhere is resolved only by apps that turn on the trait of the door that opens to it.

import PackageDescription

let package = Package(
    name: "flycatcher",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "TapeJSON", targets: ["TapeJSON"]),
        .library(name: "FlycatcherWire", targets: ["FlycatcherWire"]),
        .library(name: "Flycatcher", targets: ["Flycatcher"]),
        .library(name: "FlycatcherTesting", targets: ["FlycatcherTesting"]),
        .library(name: "FlycatcherLogging", targets: ["FlycatcherLogging"]),
        .library(name: "FlycatcherMetrics", targets: ["FlycatcherMetrics"]),
        .library(name: "FlycatcherHummingbird", targets: ["FlycatcherHummingbird"]),
        .library(name: "FlycatcherAsyncHTTPClient", targets: ["FlycatcherAsyncHTTPClient"]),
        .library(name: "FlycatcherServiceLifecycle", targets: ["FlycatcherServiceLifecycle"]),
        .library(name: "FlycatcherTracing", targets: ["FlycatcherTracing"]),
        .library(name: "FlycatcherArgumentParser", targets: ["FlycatcherArgumentParser"]),
    ],
    traits: [
        .trait(name: "Logging", description: "FlycatcherLogging, for swift-log"),
        .trait(name: "Metrics", description: "FlycatcherMetrics, for swift-metrics"),
        .trait(name: "Hummingbird", description: "FlycatcherHummingbird, for Hummingbird 2"),
        .trait(name: "AsyncHTTPClient", description: "FlycatcherAsyncHTTPClient, for async-http-client"),
        .trait(name: "ServiceLifecycle", description: "FlycatcherServiceLifecycle, for its services"),
        .trait(name: "ArgumentParser", description: "FlycatcherArgumentParser, for swift-argument-parser"),
        .trait(name: "Tracing", description: "FlycatcherTracing, for swift-distributed-tracing"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .target(name: "TapeJSON"),
        .target(name: "FlycatcherWire", dependencies: ["TapeJSON"]),
        .target(name: "CCurl"),
        .target(name: "CFlycatcher"),
        .target(name: "Symbols"),
        .target(
            name: "Flycatcher",
            dependencies: ["CCurl", "CFlycatcher", "FlycatcherWire", "Symbols", "TapeJSON"]),

        .target(name: "FlycatcherTesting", dependencies: ["Flycatcher", "FlycatcherWire"]),
        .target(
            name: "FlycatcherLogging",
            dependencies: [
                "Flycatcher",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
            ]),
        .target(
            name: "FlycatcherMetrics",
            dependencies: [
                "Flycatcher",
                .product(
                    name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
            ]),
        .target(
            name: "FlycatcherHummingbird",
            dependencies: [
                "Flycatcher",
                .product(
                    name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(
                    name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
            ]),
        .target(
            name: "FlycatcherAsyncHTTPClient",
            dependencies: [
                "Flycatcher",
                .product(
                    name: "AsyncHTTPClient", package: "async-http-client",
                    condition: .when(traits: ["AsyncHTTPClient"])),
                .product(
                    name: "NIOCore", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
                .product(
                    name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["AsyncHTTPClient"])),
            ]),
        .target(
            name: "FlycatcherServiceLifecycle",
            dependencies: [
                "Flycatcher",
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
            ]),
        .target(
            name: "FlycatcherTracing",
            dependencies: [
                "Flycatcher", "FlycatcherWire",
                .product(
                    name: "Tracing", package: "swift-distributed-tracing",
                    condition: .when(traits: ["Tracing"])),
            ]),
        .target(
            name: "FlycatcherArgumentParser",
            dependencies: [
                "Flycatcher",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser",
                    condition: .when(traits: ["ArgumentParser"])),
            ]),

        .testTarget(name: "TapeJSONTests", dependencies: ["TapeJSON"]),
        .testTarget(name: "FlycatcherWireTests", dependencies: ["FlycatcherWire", "TapeJSON"]),
        .testTarget(name: "SymbolsTests", dependencies: ["Symbols"], exclude: ["Fixtures"]),
        .executableTarget(
            name: "ProcessEndProbe", dependencies: ["CFlycatcher", "CVisibleLocks", "Flycatcher"],
            path: "Tests/ProcessEndProbe"),
        .executableTarget(
            name: "ThrowProbe", dependencies: ["CFlycatcher", "CVisibleLocks", "Flycatcher"],
            path: "Tests/ThrowProbe"),
        .executableTarget(name: "CrashProbe", dependencies: ["Flycatcher"], path: "Tests/CrashProbe"),
        .target(name: "CVisibleLocks", path: "Tests/CVisibleLocks"),
        .testTarget(
            name: "FlycatcherTests",
            dependencies: [
                "CFlycatcher", "CVisibleLocks", "Flycatcher", "FlycatcherWire", "FlycatcherTesting",
                "ProcessEndProbe",
                "ThrowProbe",
            ]),
        .testTarget(name: "Snippets", dependencies: ["Flycatcher", "FlycatcherTesting"]),
        .testTarget(name: "HouseTests"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
        ]
}
