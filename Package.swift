// swift-tools-version: 6.2
// What an app depends on: the SDK and the wire format. The server is a package of its own, in Server/.

import PackageDescription

let package = Package(
    name: "flycatcher",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "TapeJSON", targets: ["TapeJSON"]),
        .library(name: "FlycatcherWire", targets: ["FlycatcherWire"]),
        .library(name: "Flycatcher", targets: ["Flycatcher"]),
    ],
    targets: [
        .target(name: "TapeJSON"),
        .target(name: "FlycatcherWire", dependencies: ["TapeJSON"]),
        .target(name: "Flycatcher", dependencies: ["FlycatcherWire", "TapeJSON"]),

        .testTarget(name: "TapeJSONTests", dependencies: ["TapeJSON"]),
        .testTarget(name: "FlycatcherWireTests", dependencies: ["FlycatcherWire", "TapeJSON"]),
        .testTarget(name: "FlycatcherTests", dependencies: ["Flycatcher", "FlycatcherWire"]),
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
