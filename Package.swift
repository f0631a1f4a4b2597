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
        .library(name: "FlycatcherServiceLifecycle", targets: ["FlycatcherServiceLifecycle"]),
        .library(name: "FlycatcherTracing", targets: ["FlycatcherTracing"]),
    ],
    traits: [
        .trait(
            name: "ServiceLifecycle", description: "FlycatcherServiceLifecycle, for swift-service-lifecycle"),
        .trait(name: "Tracing", description: "FlycatcherTracing, for swift-distributed-tracing"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    ],
    targets: [
        .target(name: "TapeJSON"),
        .target(name: "FlycatcherWire", dependencies: ["TapeJSON"]),
        .target(name: "CCurl"),
        .target(name: "CFlycatcher"),
        .target(name: "Flycatcher", dependencies: ["CCurl", "CFlycatcher", "FlycatcherWire", "TapeJSON"]),

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

        .testTarget(name: "TapeJSONTests", dependencies: ["TapeJSON"]),
        .testTarget(name: "FlycatcherWireTests", dependencies: ["FlycatcherWire", "TapeJSON"]),
        .executableTarget(
            name: "ProcessEndProbe", dependencies: ["Flycatcher"], path: "Tests/ProcessEndProbe"),
        .testTarget(
            name: "FlycatcherTests",
            dependencies: [
                "Flycatcher", "FlycatcherServiceLifecycle", "FlycatcherTracing", "FlycatcherWire",
                "ProcessEndProbe",
                .product(
                    name: "Logging", package: "swift-log", condition: .when(traits: ["ServiceLifecycle"])),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
                .product(
                    name: "Tracing", package: "swift-distributed-tracing",
                    condition: .when(traits: ["Tracing"])),
            ]),
        .testTarget(
            name: "Snippets",
            dependencies: [
                "Flycatcher", "FlycatcherServiceLifecycle",
                .product(
                    name: "Logging", package: "swift-log", condition: .when(traits: ["ServiceLifecycle"])),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
            ]),
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
