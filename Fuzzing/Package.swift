// swift-tools-version: 6.2
// Looks for bytes that break a reader; `make fuzz` builds and runs it. What it found is kept in Corpus/.

import PackageDescription

let package = Package(
    name: "flycatcher-fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "flycatcher-server", path: "../Server")],
    targets: [
        .executableTarget(
            name: "Fuzzer", dependencies: [.product(name: "FuzzTargets", package: "flycatcher-server")])
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
