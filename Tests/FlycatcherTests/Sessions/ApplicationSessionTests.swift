// The session of an app's run, from start to close.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct ApplicationSessions {
        private struct Refused: Error {}

        let sdk = SDKTests()

        /// The updates that arrive, and the server that they arrive at.
        private func updates(
            _ configure: @escaping (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> (updates: [JSON], server: CaptureServer) {
            let server = try sdk.arrivals {
                $0.release = "shop@1.4.2"
                $0.sessionMode = .application
                configure(&$0)
            } _: {
                try body()
            }
            return (try server.items("session").map(\.json), server)
        }

        @Test func `N1: a session begins with the start, if there is a release`() throws {
            let (updates, _) = try updates({ $0.environment = "staging" }, {})

            let first = try #require(updates.first)
            #expect(first["init"].bool == true)
            #expect(UUID(uuidString: first["sid"].text ?? "") != nil)
            #expect(first["started"].text.flatMap { Timestamp($0) } != nil)
            #expect(first["status"].text == "ok")
            #expect(first["errors"].number == 0)
            #expect(first["seq"].number == 0)
            #expect(first["attrs"]["release"].text == "shop@1.4.2")
            #expect(first["attrs"]["environment"].text == "staging")
        }

        @Test func `no session begins where nobody wants one`() throws {
            #expect(try updates({ $0.release = "" }, {}).updates.isEmpty)
            #expect(try updates({ $0.autoSessionTracking = false }, {}).updates.isEmpty)
            #expect(try updates({ $0.sessionMode = .requests }, {}).updates.isEmpty)
        }

        @Test func `N2: a handled error is counted, and told with its event`() throws {
            let (updates, server) = try updates {
                for _ in 0..<2 { Flycatcher.capture(error: Refused()) }
            }

            #expect(updates.map { $0["errors"].number } == [0, 1, 2, 2])
            #expect(updates.map { $0["status"].text } == ["ok", "ok", "ok", "exited"])
            let envelopes = try server.requests.map { try $0.envelope.items.map(\.header.type) }
            #expect(envelopes.count { $0 == ["event", "session"] } == 2)
        }

        @Test func `N3: messages, and errors that are mere warnings, are not counted`() throws {
            let (updates, _) = try updates {
                for level in Flycatcher.Level.allCases { Flycatcher.capture(message: "x", level: level) }
                Flycatcher.withScope { scope in
                    scope.setLevel(.warning)
                    _ = Flycatcher.capture(error: Refused())
                }
            }

            #expect(updates.map { $0["errors"].number } == [0, 0])
        }

        @Test func `N4: a fatal error that nobody dealt with ends the session as crashed, with its event`()
            throws
        {
            let (updates, server) = try updates {
                Flycatcher.withScope { scope in
                    scope.setLevel(.fatal)
                    _ = Flycatcher.capture(
                        error: Refused(), mechanism: Flycatcher.Mechanism(type: "main", isHandled: false))
                }
                Flycatcher.capture(error: Refused())
            }

            #expect(updates.count == 2)
            #expect(updates.last?["status"].text == "crashed")
            #expect(updates.last?["errors"].number == 1)
            let envelopes = try server.requests.map { try $0.envelope.items.map(\.header.type) }
            #expect(envelopes.contains(["event", "session"]))
        }

        @Test func `an error that turns out to have been the app's end crashes the session after its event`()
            throws
        {
            let (updates, _) = try updates {
                let error: any Error = Refused()
                Flycatcher.capture(error: error)
                Flycatcher.flush(timeout: .seconds(20))
                let mechanism = Flycatcher.Mechanism(type: "auto.main", isHandled: false)
                Flycatcher.withScope { scope in
                    scope.setLevel(.fatal)
                    Flycatcher.capture(error: error, mechanism: mechanism)
                }
            }

            #expect(updates.map { $0["status"].text } == ["ok", "ok", "crashed"])
            #expect(updates.last?["errors"].number == 1)
        }

        @Test func `N5: the end is told with the duration, once, and nothing after it`() throws {
            let (updates, server) = try updates {}
            Flycatcher.capture(error: Refused())

            #expect(updates.count == 2)
            #expect(updates.last?["status"].text == "exited")
            #expect(updates.last?["duration"].number ?? -1 >= 0)
            #expect(updates.last?["init"].isAbsent == true)
            #expect(try server.items("session").count == 2)
        }

        @Test func `a second start ends the session of the first`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            for _ in 0..<2 {
                Flycatcher.start {
                    $0.dsn = server.dsn()
                    $0.release = "shop@1.4.2"
                    $0.sessionMode = .application
                }
            }
            Flycatcher.close(timeout: .seconds(20))
            try waitUntil { ((try? server.items("session").count) ?? 0) == 4 }

            let updates = try server.items("session").map(\.json)
            #expect(Set(updates.map { $0["sid"].text }).count == 2)
            #expect(updates.count { $0["status"].text == "exited" } == 2)
        }

        @Test func `N7: identity, user, beginning and attributes never change`() throws {
            let (updates, _) = try updates {
                $0.initialScope = { $0.setUser(Flycatcher.User(id: "early")) }
            } _: {
                Flycatcher.setUser(Flycatcher.User(id: "late"))
                Flycatcher.capture(error: Refused())
            }
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            Flycatcher.configureScope(.global) { $0.clear() }
            Flycatcher.close()

            try #require(updates.count == 3)
            for update in updates {
                #expect(update["sid"].text == updates[0]["sid"].text)
                #expect(update["did"].text == "early")
                #expect(update["started"].text == updates[0]["started"].text)
                #expect(update["attrs"]["release"].text == "shop@1.4.2")
            }
            #expect(updates.map { $0["seq"].number } == [0, 1, 2])
        }

        @Test func `N8: what a hook drops does not count, what chance drops does`() throws {
            struct Ignored: Error {}
            let (dropped, _) = try updates {
                $0.beforeSend = { event, _ in event.tags["drop"] == nil ? event : nil }
                $0.ignoreErrors = [.type(Ignored.self)]
            } _: {
                Flycatcher.capture(error: Ignored())
                Flycatcher.setTag("drop", to: "yes")
                Flycatcher.capture(error: Refused())
            }
            let (processed, _) = try updates {
                $0.eventProcessors = [{ _, _ in nil }]
            } _: {
                Flycatcher.capture(error: Refused())
            }
            let (sampledOut, _) = try updates {
                $0.sampleRate = 0
            } _: {
                Flycatcher.capture(error: Refused())
            }

            #expect(dropped.map { $0["errors"].number } == [0, 0])
            #expect(processed.map { $0["errors"].number } == [0, 0])
            #expect(sampledOut.map { $0["errors"].number } == [0, 1])
        }

        @Test func `N10: while errors are limited sessions are still told, with what was limited`() throws {
            let limit = CaptureServer.Behaviour.answer(
                status: 200, headers: ["X-Sentry-Rate-Limits": "60:error;default:key"])
            let server = try CaptureServer([], then: limit)
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.release = "shop@1.4.2"
                $0.sessionMode = .application
            } _: {
                #expect(Flycatcher.flush(timeout: .seconds(20)))
                Flycatcher.capture(error: Refused())
            }

            #expect(try server.items("event").isEmpty)
            #expect(try server.items("session").map { $0.json["errors"].number } == [0, 1, 1])
        }
    }
}
