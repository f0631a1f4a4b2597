// What the app's hooks may do to events, and what becomes of them when they fail.

import Flycatcher
import FlycatcherWire
import Synchronization
import Testing

extension SDKTests {
    @Suite struct Hooks {
        let sdk = SDKTests()

        @Test func `what beforeSend edits is on the wire`() throws {
            let event = try sdk.event {
                $0.beforeSend = { event, _ in
                    var event = event
                    event.tags["edited"] = "yes"
                    event.message = "edited"
                    return event
                }
            } _: {
                Flycatcher.capture(message: "original")
            }

            #expect(event["tags"]["edited"].text == "yes")
            #expect(event["logentry"]["formatted"].text == "edited")
        }

        @Test func `an event that beforeSend answers nil for is dropped and reported as before_send`() throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.beforeSend = { event, _ in event.exceptions.isEmpty ? event : nil }
            } _: {
                Flycatcher.capture(error: Refused())
                Flycatcher.capture(message: "kept")
            }

            #expect(try server.payloads(of: "event").texts == ["kept"])
            #expect(try server.losses == ["before_send error": 1])
        }

        @Test
        func
            `an event for which beforeSend throws is dropped and reported as before_send, and nothing else is`()
            throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.beforeSend = { _, _ in throw Refused() }
            } _: {
                Flycatcher.capture(error: Refused())
                Flycatcher.capture(message: "x")
            }

            #expect(try server.payloads(of: "event").isEmpty)
            #expect(try server.losses == ["before_send error": 2])
        }

        @Test func `beforeSend sees no transactions, check-ins and feedback`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.tracesSampleRate = 1
                $0.beforeSend = { _, _ in nil }
            } _: {
                Flycatcher.withTransaction(name: "GET /", operation: "http.server") { _ in }
                Flycatcher.captureCheckIn(slug: "nightly", status: .ok)
                Flycatcher.captureFeedback(Flycatcher.Feedback("it hangs"))
            }

            #expect(try server.payloads(of: "transaction").count == 1)
            #expect(try server.payloads(of: "check_in").count == 1)
            #expect(try server.payloads(of: "feedback").count == 1)
            #expect(try server.losses.isEmpty)
        }

        @Test func `beforeSend is told the error that was captured`() throws {
            let event = try sdk.event {
                $0.beforeSend = { event, hint in
                    var event = event
                    event.tags["code"] = (hint.error as? Coded).map { "\($0.code)" } ?? "none"
                    return event
                }
            } _: {
                Flycatcher.capture(error: Coded(code: 42))
            }

            #expect(event["tags"]["code"].text == "42")
        }

        @Test func `beforeSend cannot change the identity that capture returned`() throws {
            var id = EventID()
            let event = try sdk.event {
                $0.beforeSend = { _, _ in Flycatcher.Event(message: "another") }
            } _: {
                id = Flycatcher.capture(message: "original")
            }

            #expect(event["event_id"].text == id.description)
            #expect(event["logentry"]["formatted"].text == "another")
        }

        @Test func `an event that a processor answers nil for is dropped and reported as event_processor`()
            throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) { _ in
            } _: {
                Flycatcher.withScope { scope in
                    scope.addEventProcessor { _, _ in nil }
                    Flycatcher.capture(message: "dropped")
                }
                Flycatcher.capture(message: "kept")
            }

            #expect(try server.payloads(of: "event").texts == ["kept"])
            #expect(try server.losses == ["event_processor error": 1])
        }

        @Test func `an event for which a processor throws is dropped and reported as event_processor`() throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.eventProcessors = [{ _, _ in throw Refused() }]
            } _: {
                Flycatcher.capture(message: "dropped")
            }

            #expect(try server.payloads(of: "event").isEmpty)
            #expect(try server.losses == ["event_processor error": 1])
        }

        @Test
        func `processors run from the current scope outwards, each scope's in their order, beforeSend last`()
            throws
        {
            let event = try sdk.event {
                $0.eventProcessors = [trace("option 1"), trace("option 2")]
                $0.beforeSend = trace("beforeSend")
            } _: {
                Flycatcher.configureScope(.global) { $0.clear() }
                Flycatcher.withIsolationScope { isolation in
                    isolation.addEventProcessor(trace("isolation 1"))
                    isolation.addEventProcessor(trace("isolation 2"))
                    Flycatcher.withScope { scope in
                        scope.addEventProcessor(trace("current 1"))
                        scope.addEventProcessor(trace("current 2"))
                        Flycatcher.capture(message: "x") { $0.addEventProcessor(trace("call")) }
                    }
                }
            }

            #expect(
                event["extra"]["path"].list.map(\.text) == [
                    "current 1", "current 2", "call", "isolation 1", "isolation 2", "option 1", "option 2",
                    "beforeSend",
                ])
        }

        @Test func `processors see what the scopes say, beforeSend sees the defaults too`() throws {
            let seen = Mutex<[String: Flycatcher.Event]>([:])
            _ = try sdk.event {
                $0.release = "shop@1"
                $0.eventProcessors = [
                    { event, _ in
                        seen.withLock { $0["processor"] = event }
                        return event
                    }
                ]
                $0.beforeSend = { event, _ in
                    seen.withLock { $0["beforeSend"] = event }
                    return event
                }
            } _: {
                Flycatcher.setTag("a", to: "1")
                Flycatcher.capture(message: "x")
            }

            let events = seen.withLock { $0 }
            #expect(events["processor"]?.tags == ["a": "1"])
            #expect(events["processor"]?.release == nil)
            #expect(events["beforeSend"]?.release == "shop@1")
            #expect(events["beforeSend"]?.contexts["runtime"] != nil)
        }

        @Test func `what a hook captures, or has a task capture, is not reported`() async throws {
            let ids = Mutex<[EventID]>([])
            let events = try await sdk.events {
                $0.beforeSend = { event, _ in
                    ids.withLock { $0.append(Flycatcher.capture(message: "from the hook")) }
                    Flycatcher.capture(error: Refused())
                    Task { Flycatcher.capture(message: "from a task of the hook") }
                    return event
                }
                $0.beforeBreadcrumb = { crumb in
                    Flycatcher.addBreadcrumb("from the hook")
                    ids.withLock { $0.append(Flycatcher.capture(message: "from the other hook")) }
                    return crumb
                }
            } _: {
                Flycatcher.addBreadcrumb("step")
                Flycatcher.capture(message: "x")
                #expect(Flycatcher.flush(timeout: .seconds(20)))
                await Task.yield()
            }

            #expect(events.texts == ["x"])
            #expect(events[0]["breadcrumbs"]["values"].list.map { $0["message"].text } == ["step"])
            #expect(ids.withLock { $0 } == [EventID(value: 0), EventID(value: 0)])
        }
    }
}

/// Adds a name to the list in `extra`.
private func trace(_ name: String) -> Flycatcher.EventProcessor {
    { event, _ in
        var event = event
        var path: [Flycatcher.JSONValue] = []
        if case .array(let names)? = event.extra["path"] { path = names }
        event.extra["path"] = .array(path + [.string(name)])
        return event
    }
}

private struct Refused: Error {}

private struct Coded: Error {
    var code: Int
}
