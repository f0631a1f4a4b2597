// What happens without a network, and when it comes back.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Offline {
        let sdk = SDKTests()
        let folder = TemporaryFolder()

        @Test func `what could not be sent is sent after a restart, the oldest first`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            try lose(["one", "two", "three"], server)
            #expect(try folder.files.count == 3)

            server.behave(.answer(status: 200))
            let before = server.requests.count
            try sdk.withSDK(server, configure) {
                try waitUntil { server.requests.count >= before + 3 }
            }

            let envelopes = try server.requests.dropFirst(before).map { try $0.envelope }
            let texts = try envelopes.map {
                try $0.payloads(of: "event").first?["logentry"]["formatted"].text
            }
            #expect(Array(texts.prefix(3)) == ["one", "two", "three"])
            #expect(envelopes.allSatisfy { $0.header.sentAt != nil })
            #expect(try folder.files.isEmpty)
        }

        @Test func `files wait without a moment of sending, for nobody else to read`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            try lose(["secret"], server)

            let file = try #require(try folder.files.first)
            let text = try String(contentsOf: file, encoding: .utf8)
            let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]

            #expect(text.contains("secret"))
            #expect(!text.contains("sent_at"))
            #expect(permissions as? Int == 0o600)
        }

        @Test func `beyond the cap the oldest goes, counted`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            try lose(["one", "two", "three"], server) { $0.maxCacheItems = 2 }

            let texts = try folder.files.map { try String(contentsOf: $0, encoding: .utf8) }
            #expect(texts.count == 2)
            #expect(texts.contains { $0.contains("\"two\"") } && texts.contains { $0.contains("\"three\"") })
            try sdk.withSDK(server) {}
        }

        @Test(arguments: [400, 413, 500, 503])
        func `any answer takes an envelope off the disk`(status: Int) throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            try lose(["refused"], server)

            server.behave(.answer(status: status))
            try sdk.withSDK(server, configure) { try waitUntil { (try? folder.files.isEmpty) == true } }

            #expect(try folder.files.isEmpty)
        }

        @Test func `what is no envelope is removed and counted`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            try lose(["fine"], server)
            let file = try #require(try folder.files.first)
            let bad = file.deletingLastPathComponent().appendingPathComponent("000-bad.envelope")
            try Data("not an envelope".utf8).write(to: bad)

            server.behave(.answer(status: 200))
            try sdk.withSDK(server, configure) { try waitUntil { (try? folder.files.isEmpty) == true } }

            #expect(try server.losses["internal_sdk_error error"] == 1)
            #expect(try server.events.last?["logentry"]["formatted"].text == "fine")
        }

        @Test func `while the server limits, the disk waits`() throws {
            let discards = Discards(Diagnostics())
            let transport = Flycatcher.RecordingTransport(
                answer: Flycatcher.ServerAnswer(status: 429, retryAfter: "60"))
            let cache = try #require(EnvelopeCache(directory: folder.path, project: "p", capacity: 10))
            for _ in 0..<2 { #expect(cache.store(Self.envelope(), at: .now) == []) }
            let delivery = Delivery(try settings(transport), discards)
            let replay = Replay(cache: cache, delivery: delivery, discards: discards)

            let first = replay.attend(at: .now)
            let second = replay.attend(at: first)

            #expect(transport.envelopes.count == 1)
            #expect(second > .now + .seconds(50))
            #expect(discards.drain().isEmpty)
        }

        @Test func `envelopes leave the disk at a walking pace`() throws {
            let discards = Discards(Diagnostics())
            let transport = Flycatcher.RecordingTransport()
            let cache = try #require(EnvelopeCache(directory: folder.path, project: "p", capacity: 10))
            #expect(cache.store(Self.envelope(), at: .now) == [])
            let delivery = Delivery(try settings(transport), discards)
            let replay = Replay(cache: cache, delivery: delivery, discards: discards)
            let now = ContinuousClock.now

            #expect(replay.attend(at: now) >= now + .milliseconds(100))
            #expect(replay.attend(at: now) == now + Replay.rest)
        }

        @Test func `a file in another's hands is left alone`() throws {
            let cache = try #require(EnvelopeCache(directory: folder.path, project: "p", capacity: 10))
            #expect(cache.store(Self.envelope(), at: .now) == [])
            let other = try #require(EnvelopeCache(directory: folder.path, project: "p", capacity: 10))
            var isSeenByOther = true

            let isTaken = cache.takeOldest { _ in
                isSeenByOther = other.takeOldest { _ in .done }
                return .done
            }

            #expect(isTaken && !isSeenByOther)
            #expect(try folder.files.isEmpty)
        }

        @Test func `two readers send each envelope once`() throws {
            let count = 400
            let cache = try #require(EnvelopeCache(directory: folder.path, project: "p", capacity: 1000))
            for _ in 0..<count { _ = cache.store(Self.envelope(), at: .now) }
            let transport = Flycatcher.RecordingTransport()

            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                while cache.takeOldest({
                    $0.map { _ = transport.send($0) }; return .done
                }) {}
            }

            #expect(Set(transport.envelopes.map(\.header.eventID)).count == count)
            #expect(transport.envelopes.count == count)
        }

        @Test func `projects do not send each other's envelopes, and links lead nowhere`() throws {
            let one = try #require(EnvelopeCache(directory: folder.path, project: "../../etc", capacity: 10))
            let other = try #require(EnvelopeCache(directory: folder.path, project: "b", capacity: 10))
            _ = one.store(Self.envelope(), at: .now)
            let file = try #require(try folder.files.first)
            let link = file.deletingLastPathComponent().appendingPathComponent("0.envelope")
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "/etc/passwd")

            var taken: [Envelope?] = []
            #expect(!other.takeOldest { _ in .done })
            #expect(
                one.takeOldest {
                    taken.append($0); return .done
                })
            #expect(taken.first??.items.count == 1)
            #expect(file.path.hasPrefix(folder.path))
        }

        @Test func `a disk that takes nothing harms nothing`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            let file = folder.path + "-file"
            try Data().write(to: URL(fileURLWithPath: file))
            defer { try? FileManager.default.removeItem(atPath: file) }

            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.cacheDirectory = file + "/below"
            }
            Flycatcher.capture(message: "lost")
            Flycatcher.flush(timeout: .seconds(10))
            let losses = ActiveClient.current?.discards.drain()
            Flycatcher.close(timeout: .seconds(10))

            #expect(losses == [Discards.Key(reason: .networkError, category: .error): 1])
        }

        @Test(.enabled(if: SmallDisk.isAvailable, Comment(rawValue: SmallDisk.absence)))
        func `a full disk costs what it does not take, and is used again when there is room`() throws {
            let server = try CaptureServer(.raw(""))
            defer { server.stop() }
            let disk = try SmallDisk()
            defer { disk.remove() }
            var losses: [Discards.Key: Int]?
            try sdk.withSDK(server) {
                $0.cacheDirectory = disk.path
                $0.attachStacktrace = false
                $0.sendClientReports = false
            } _: {
                try disk.fill()
                Flycatcher.capture(message: "lost")
                Flycatcher.flush(timeout: .seconds(10))
                losses = ActiveClient.current?.discards.drain()
                #expect(try disk.envelopes == [])

                try disk.makeRoom()
                Flycatcher.capture(message: "kept")
                Flycatcher.flush(timeout: .seconds(10))
            }

            #expect(losses == [Discards.Key(reason: .networkError, category: .error): 1])
            #expect(try disk.envelopes.count == 1)
        }

        private func configure(_ options: inout Flycatcher.Options) {
            options.cacheDirectory = folder.path
        }

        private func lose(
            _ texts: [String], _ server: CaptureServer,
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }
        ) throws {
            try sdk.withSDK(server) {
                self.configure(&$0)
                configure(&$0)
                $0.attachStacktrace = false
                $0.sendClientReports = false
            } _: {
                for text in texts {
                    Flycatcher.capture(message: text)
                    Flycatcher.flush(timeout: .seconds(10))
                }
            }
        }

        private func settings(_ transport: any Flycatcher.Transport) throws -> Settings {
            var options = Flycatcher.Options()
            options.transport = transport
            return try #require(Settings(options, Variables([:])))
        }

        private static func envelope() -> Envelope {
            let item = EnvelopeItem(
                header: EnvelopeItemHeader(type: "event"), payload: .kept(Array("{}".utf8)))
            return Envelope(header: EnvelopeHeader(eventID: EventID()), items: [item])
        }
    }
}

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("flycatcher-\(UUID())").path

    deinit {
        // What is left in the temporary folder is the system's to clear.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The envelopes in it, at any depth.
    var files: [URL] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".envelope") }.sorted()
                .map { URL(fileURLWithPath: path).appendingPathComponent($0) }
        }
    }
}
