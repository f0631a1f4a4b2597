// swift-tools-version: 6.2
// Measures what the middleware costs a web app's requests. A package of its own, as such an app would be.

import PackageDescription

let package = Package(
    name: "flycatcher-web-app-benchmark",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "flycatcher", path: "../..", traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CAllocations", path: "CAllocations"),
        .executableTarget(
            name: "WebAppBenchmark",
            dependencies: [
                "CAllocations",
                .product(name: "Flycatcher", package: "flycatcher"),
                .product(name: "FlycatcherHummingbird", package: "flycatcher"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ], path: "Sources"),
    ],
    swiftLanguageModes: [.v6]
)

// Without MemberImportVisibility: beside Foundation the compiler takes the members of `timespec` for those of a module that
// cannot be imported.
for target in package.targets where target.name != "CAllocations" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
