// What becomes of events when processes end or split, shown with real ones.

import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct ProcessEnds {
        @Test func `what is queued at a normal exit is sent`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe("exit", server)

            #expect(status == 3)
            #expect(try server.events.count == 20)
        }

        @Test func `an exit does not wait longer than the timeout for a server that hangs`() throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }

            let start = ContinuousClock.now
            #expect(try probe("exit", server) == 3)
            let time = ContinuousClock.now - start

            #expect(time < .seconds(20))
        }

        @Test func `the child of a fork neither hangs nor sends what is its parent's`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe("fork", server)

            #expect(status == 0)
            let texts = try server.events.compactMap { $0["logentry"]["formatted"].text }
            #expect(texts.sorted() == ["after the fork", "before the fork"])
        }

        @Test func `a process that turns into another loses nothing that was flushed`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            #expect(try probe("exec", server) == 0)
            #expect(try server.events.count == 1)
        }

        @Test func `two processes that share a disk queue send each envelope once`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            let folder = TemporaryFolder()
            let texts = (0..<12).map { "\($0)" }
            try SDKTests().withSDK(server) {
                $0.cacheDirectory = folder.path
                $0.attachStacktrace = false
                $0.sendClientReports = false
            } _: {
                for text in texts { Flycatcher.capture(message: text) }
            }
            #expect(try folder.files.count == texts.count)
            let lostCount = server.requests.count

            server.behave(.answer(status: 200))
            let processes = try (0..<2).map { _ in try start("replay", server, folder.path) }
            for process in processes { process.waitUntilExit() }

            #expect(processes.map(\.terminationStatus) == [0, 0])
            let sent = try server.requests.dropFirst(lostCount).map { try $0.envelope }
                .flatMap { try $0.payloads("event") }.compactMap { $0["logentry"]["formatted"].text }
            #expect(sent.sorted() == texts.sorted())
            #expect(try folder.files.isEmpty)
        }

        @Test func `memory stays bounded while a hundred thousand events meet a dead server`() throws {
            let server = try CaptureServer()
            server.stop()

            // The probe itself compares its memory before and after.
            #expect(try probe("storm", server) == 0)
        }

        /// Runs the program beside the tests, and gives its exit status.
        private func probe(_ task: String, _ server: CaptureServer) throws -> Int32 {
            let process = try start(task, server)
            process.waitUntilExit()
            return process.terminationStatus
        }

        private func start(
            _ task: String, _ server: CaptureServer, _ cacheDirectory: String? = nil
        ) throws -> Process {
            let process = Process()
            process.executableURL = Bundle.main.bundleURL.appendingPathComponent("ProcessEndProbe")
            process.arguments = [task, server.dsn()] + [cacheDirectory].compactMap(\.self)
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }
    }
}
