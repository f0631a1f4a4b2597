// The sessions of requests, summed up by the minute.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct RequestSessions {
        private struct Refused: Error {}

        let sdk = SDKTests()

        /// What is counted of the sessions in `body`, over all minutes.
        private func counts(
            _ configure: @escaping (inout Flycatcher.Options) -> Void, _ body: () throws -> Void
        ) throws -> [String: Int] {
            let server = try sdk.arrivals {
                $0.release = "shop@1.4.2"
                configure(&$0)
            } _: {
                try body()
            }
            return try Self.sum(server)
        }

        private static func sum(_ server: CaptureServer) throws -> [String: Int] {
            var counts: [String: Int] = [:]
            for aggregate in try server.items("sessions").flatMap({ $0.json["aggregates"].list }) {
                for outcome in ["exited", "errored", "crashed", "abnormal"] {
                    guard let count = aggregate[outcome].number else { continue }
                    counts[outcome, default: 0] += Int(count)
                }
            }
            return counts
        }

        @Test func `N9: a thousand requests become few sums, by minute and outcome`() throws {
            let server = try sdk.arrivals {
                $0.release = "shop@1.4.2"
                $0.environment = "staging"
            } _: {
                for number in 0..<1000 {
                    Flycatcher.withSession { session in
                        if number % 100 == 0 { Flycatcher.capture(error: Refused()) }
                        if number % 250 == 1 { session.setOutcome(.crashed) }
                    }
                }
            }

            let items = try server.items("sessions")
            #expect(items.count == 1)
            #expect(try Self.sum(server) == ["exited": 986, "errored": 10, "crashed": 4])
            let json = try #require(items.first).json
            #expect(json["attrs"]["release"].text == "shop@1.4.2")
            #expect(json["attrs"]["environment"].text == "staging")
            for aggregate in json["aggregates"].list {
                let minute = try #require(aggregate["started"].text.flatMap { Timestamp($0) })
                #expect(minute.microseconds % 60_000_000 == 0)
                #expect(aggregate["did"].isAbsent)
            }
        }

        @Test func `an error that is captured makes a session errored, an unhandled or escaped one crashed`()
            throws
        {
            let counts = try counts({ _ in }) {
                Flycatcher.withSession { _ in _ = Flycatcher.capture(error: Refused()) }
                Flycatcher.withSession { _ in
                    _ = Flycatcher.capture(
                        error: Refused(), mechanism: Flycatcher.Mechanism(type: "auto.http", isHandled: false)
                    )
                }
                #expect(throws: Refused.self) {
                    try Flycatcher.withSession { _ throws(Refused) in throw Refused() }
                }
                #expect(throws: Refused.self) {
                    try Flycatcher.withSession { session throws(Refused) in
                        session.setOutcome(.exited)
                        throw Refused()
                    }
                }
                #expect(throws: CancellationError.self) {
                    try Flycatcher.withSession { _ in throw CancellationError() }
                }
                Flycatcher.withSession { _ in _ = Flycatcher.capture(message: "x", level: .error) }
            }

            #expect(counts == ["errored": 1, "crashed": 2, "exited": 3])
        }

        @Test func `users are told apart, as many as there is room for`() throws {
            let server = try sdk.arrivals {
                $0.release = "shop@1.4.2"
            } _: {
                for number in 0..<1500 {
                    Flycatcher.withIsolationScope { _ in
                        Flycatcher.withSession { _ in Flycatcher.setUser(Flycatcher.User(id: "u-\(number)")) }
                    }
                }
            }

            let items = try server.items("sessions")
            let aggregates = items.flatMap { $0.json["aggregates"].list }
            #expect(items.allSatisfy { $0.json["aggregates"].list.count <= 100 })
            #expect(aggregates.count <= 1003)
            #expect(aggregates.contains { $0["did"].text == "u-7" })
            #expect(try Self.sum(server) == ["exited": 1500])
        }

        @Test func `what a hook drops does not count, what chance drops does`() throws {
            func failing(_ configure: @escaping (inout Flycatcher.Options) -> Void) throws -> [String: Int] {
                try counts(configure) {
                    Flycatcher.withSession { _ in _ = Flycatcher.capture(error: Refused()) }
                }
            }

            #expect(try failing { $0.beforeSend = { _, _ in nil } } == ["exited": 1])
            #expect(try failing { $0.sampleRate = 0 } == ["errored": 1])
        }

        @Test func `requests are not counted when the app's run is, nor when nobody wants it`() throws {
            let one: () -> Void = { Flycatcher.withSession { _ in } }

            #expect(try counts({ _ in }, one) == ["exited": 1])
            #expect(try counts({ $0.sessionMode = .application }, one).isEmpty)
            #expect(try counts({ $0.autoSessionTracking = false }, one).isEmpty)
            #expect(try counts({ $0.release = "" }, one).isEmpty)
        }

        @Test func `sessions that run at once know each of their own errors`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.release = "shop@1.4.2"
            }
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        await Flycatcher.withSession { _ in
                            await Task.yield()
                            if number % 2 == 0 { Flycatcher.capture(error: Refused()) }
                        }
                    }
                }
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            #expect(try Self.sum(server) == ["exited": 50, "errored": 50])
        }

        @Test func `while the SDK is off a session just runs`() {
            #expect(Flycatcher.withSession { _ in 1 } == 1)
        }
    }
}
