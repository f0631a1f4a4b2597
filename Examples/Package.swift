// swift-tools-version: 6.2
// Programs that show the SDK at work. A package of its own, as an app would be.

import PackageDescription

let package = Package(
    name: "flycatcher-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "flycatcher", path: "..")
    ],
    targets: [
        .executableTarget(name: "Hello", dependencies: [.product(name: "Flycatcher", package: "flycatcher")])
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
