// What an event says of machine, system and process.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

@Suite struct HostTests {
    @Test func `the platform's variables tell where in a cloud the app runs`() {
        let lambda = CloudResource.context(environment: [
            "AWS_LAMBDA_FUNCTION_NAME": "shop", "AWS_REGION": "eu-central-1",
        ])
        let run = CloudResource.context(environment: ["K_SERVICE": "shop", "GOOGLE_CLOUD_PROJECT": "p-1"])
        let fly = CloudResource.context(environment: ["FLY_APP_NAME": "shop", "FLY_REGION": "fra"])

        #expect(
            lambda == [
                "cloud.provider": "aws", "cloud.platform": "aws_lambda", "cloud.region": "eu-central-1",
                "faas.name": "shop",
            ])
        #expect(run?["cloud.account.id"] == "p-1")
        #expect(fly == ["cloud.provider": "fly_io", "cloud.region": "fra"])
        #expect(CloudResource.context(environment: ["HOME": "/root"]) == nil)
    }

    @Test func `packages are read from the list beside the build folder or the program`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packages-\(UUID())").path
        try FileManager.default.createDirectory(
            atPath: "\(folder)/.build/debug", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let list = """
            {"originHash":"x","pins":[
            {"identity":"swift-log","kind":"remoteSourceControl","location":"l","state":{"revision":"r","version":"1.6.3"}},
            {"identity":"mine","kind":"remoteSourceControl","location":"l","state":{"revision":"r","branch":"main"}},
            {"identity":"pinned","kind":"remoteSourceControl","location":"l","state":{"revision":"r"}}],"version":3}
            """
        try list.write(toFile: "\(folder)/Package.resolved", atomically: true, encoding: .utf8)

        let packages = ["swift-log": "1.6.3", "mine": "main", "pinned": "unversioned"]
        #expect(ResolvedPackages.packages(ofProgram: "\(folder)/.build/debug/shop") == packages)
        #expect(ResolvedPackages.packages(ofProgram: "\(folder)/shop") == packages)
        #expect(ResolvedPackages.packages(ofProgram: "/no/such/shop").isEmpty)
        #expect(ResolvedPackages.packages(in: Data("not a list".utf8)).isEmpty)
    }

    @Test func `the start of a process is found behind any name`() {
        let fields = (1...50).map(String.init).joined(separator: " ")

        #expect(SystemFile.startTicks("7 (odd) name) S \(fields)") == 19)
        #expect(SystemFile.startTicks("7 (short) S 1 2") == nil)
        #expect(SystemFile.startTicks("") == nil)
    }
}

extension SDKTests {
    @Suite struct HostContexts {
        let sdk = SDKTests()

        // E14
        @Test func `an event knows system, machine, runtime and process`() throws {
            let contexts = try sdk.event { Flycatcher.capture(message: "x") }["contexts"]

            #expect(contexts["runtime"]["name"].text == "Swift")
            #expect(contexts["runtime"]["version"].text?.hasPrefix("6.") == true)
            #expect(contexts["os"]["name"].text == "Linux")
            #expect(contexts["os"]["kernel_version"].text?.isEmpty == false)
            let memory = try #require(contexts["device"]["memory_size"].number)
            #expect(contexts["device"]["free_memory"].number.map { (1...memory).contains($0) } == true)
            let bootedAt = try #require(contexts["device"]["boot_time"].text)
            let startedAt = try #require(contexts["app"]["app_start_time"].text)
            #expect(bootedAt < startedAt)
            #expect(startedAt < Flycatcher.Timestamp.now.description)
            #expect(contexts["app"]["app_name"].text?.hasSuffix(".xctest") == true)
            #expect(contexts["app"]["app_memory"].number.map { (1e6...memory).contains($0) } == true)
            #expect(contexts["app"]["build_type"].text == "debug")
            #expect(contexts["culture"]["timezone"].text?.isEmpty == false)
        }

        // E14
        @Test func `the packages that the app tells of are sent`() throws {
            var event = Flycatcher.Event(message: "x")
            event.modules = ["swift-log": "1.6.3"]
            let sent = try sdk.event { Flycatcher.capture(event: event) }

            #expect(sent["modules"]["swift-log"].text == "1.6.3")
        }
    }
}
