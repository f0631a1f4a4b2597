// swift-tools-version: 6.2
// Measures what it costs to say which issue an event belongs to.

import PackageDescription

let package = Package(
    name: "flycatcher-grouping-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "flycatcher", path: "../.."),
        .package(name: "flycatcher-server", path: "../../Server"),
    ],
    targets: [
        .executableTarget(
            name: "GroupingBenchmarks",
            dependencies: [
                .product(name: "Ingest", package: "flycatcher-server"),
                .product(name: "FlycatcherWire", package: "flycatcher"),
            ])
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
