// swift-tools-version: 6.2
// Measures what the SDK costs the app that it watches. A package of its own, as an app would be.

import PackageDescription

let package = Package(
    name: "flycatcher-sdk-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "flycatcher", path: "../..")
    ],
    targets: [
        .target(name: "CAllocations"),
        .executableTarget(
            name: "SDKBenchmarks",
            dependencies: ["CAllocations", .product(name: "Flycatcher", package: "flycatcher")]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.name != "CAllocations" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
