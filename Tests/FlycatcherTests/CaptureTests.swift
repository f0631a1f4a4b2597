// What an event looks like on the wire.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct Capturing {
        let sdk = SDKTests()

        @Test func `the id that capture returns is on the envelope and in the event`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            var id = EventID()
            try sdk.withSDK(server) { id = Flycatcher.capture(message: "hello") }

            let request = try #require(server.requests.first)
            let envelope = try request.envelope
            #expect(envelope.header.eventID == id)
            #expect(try request.event["event_id"].text == id.description)
            #expect(envelope.header.sentAt != nil)
            #expect(envelope.header.sdkName == "flycatcher.swift")
            #expect(envelope.header.dsn == server.dsn())
            #expect(envelope.header.trace["public_key"] == "pub")
            #expect(
                try envelope.header.trace["trace_id"] == request.event["contexts"]["trace"]["trace_id"].text)
            #expect(envelope.items[0].header.length == envelope.items[0].byteCount)
        }

        @Test func `a request says who sends, and what`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) { Flycatcher.capture(message: "hello") }

            let headers = try #require(server.requests.first).headers
            let auth = try SentryAuth(header: headers["x-sentry-auth"] ?? "")
            #expect(auth.publicKey == "pub")
            #expect(auth.version == 7)
            #expect(auth.client == "flycatcher.swift/0.1.0")
            #expect(auth.secretKey == nil)
            #expect(headers["user-agent"] == "flycatcher.swift/0.1.0")
            #expect(headers["content-type"] == "application/x-sentry-envelope")
        }

        @Test func `a DSN with a path leads to that path`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.dsn = server.dsn("abc", path: "/a/b")
            } _: {
                Flycatcher.capture(message: "x")
            }

            #expect(server.requests.first?.line == "POST /a/b/api/abc/envelope/ HTTP/1.1")
        }

        @Test func `every event says where it comes from`() throws {
            let event = try sdk.event {
                $0.serverName = "web-3"
                $0.dist = "77"
            } _: {
                Flycatcher.capture(message: "x")
            }

            #expect(event["platform"].text == "native")
            #expect(event["sdk"]["name"].text == "flycatcher.swift")
            #expect(event["sdk"]["version"].text == "0.1.0")
            #expect(event["server_name"].text == "web-3")
            #expect(event["dist"].text == "77")
            let moment = try #require(event["timestamp"].text.flatMap { Timestamp($0) })
            #expect(abs(moment.seconds - Date().timeIntervalSince1970) < 60)
            let contexts = event["contexts"]
            #expect(contexts["runtime"]["name"].text == "Swift")
            #expect(contexts["os"]["name"].text?.isEmpty == false)
            #expect(contexts["device"]["arch"].text?.isEmpty == false)
            #expect(contexts["device"]["processor_count"].number ?? 0 >= 1)
            #expect(contexts["device"]["memory_size"].number ?? 0 > 1e6)
            #expect(contexts["trace"]["trace_id"].text?.count == 32)
            #expect(contexts["trace"]["span_id"].text?.count == 16)
        }

        @Test(arguments: [nil, Flycatcher.Level.debug, .warning, .fatal])
        func `a message has its text and level, info by default`(level: Flycatcher.Level?) throws {
            let event = try sdk.event { Flycatcher.capture(message: "disk almost full", level: level) }

            #expect(event["logentry"]["formatted"].text == "disk almost full")
            #expect(event["level"].text == level?.rawValue ?? "info")
            #expect(event["exception"].isAbsent)
        }

        @Test func `an error is an exception of its type, handled, at level error`() throws {
            let event = try sdk.event { Flycatcher.capture(error: StorageError.notFound(id: 7)) }

            let exception = event["exception"]["values"][0]
            #expect(event["exception"]["values"].list.count == 1)
            #expect(event["level"].text == "error")
            #expect(exception["type"].text == "StorageError")
            #expect(exception["value"].text == "notFound(id: 7)")
            #expect(exception["module"].text == "FlycatcherTests")
            #expect(exception["mechanism"]["type"].text == "generic")
            #expect(exception["mechanism"]["handled"].bool == true)
        }

        @Test func `a message made of a template has both, and its parameters`() throws {
            let event = try sdk.event {
                Flycatcher.capture(
                    message: "%@ of %d left, %s%% off %@", parameters: ["lamp", 3, 12.5], level: .warning)
            }

            #expect(event["logentry"]["formatted"].text == "lamp of 3 left, 12.5% off %@")
            #expect(event["logentry"]["message"].text == "%@ of %d left, %s%% off %@")
            #expect(event["logentry"]["params"].list.map(\.text) == ["lamp", "3", "12.5"])
            #expect(event["level"].text == "warning")
        }

        @Test func `an error that an integration has captured says which, and whether it was handled`() throws
        {
            let mechanism = Flycatcher.Mechanism(
                type: "auto.http.shop", isHandled: false, data: ["route": "/orders"])
            let event = try sdk.event {
                Flycatcher.capture(error: StorageError.full, mechanism: mechanism)
            }

            let sent = event["exception"]["values"][0]["mechanism"]
            #expect(sent["type"].text == "auto.http.shop")
            #expect(sent["handled"].bool == false)
            #expect(sent["data"]["route"].text == "/orders")
        }

        @Test func `a fingerprint of the scope or the event travels as it is`() throws {
            let events = try sdk.events {
                Flycatcher.withScope { scope in
                    scope.setFingerprint(["{{ default }}", "acme"])
                    Flycatcher.capture(error: StorageError.full)
                    var event = Flycatcher.Event(message: "x")
                    event.fingerprint = ["own", "{{default}}"]
                    Flycatcher.capture(event: event)
                }
            }

            #expect(events[0]["fingerprint"].list.map(\.text) == ["{{ default }}", "acme"])
            #expect(events[1]["fingerprint"].list.map(\.text) == ["own", "{{default}}"])
        }

        @Test func `the transaction's name on the scope is on its errors`() throws {
            let event = try sdk.event {
                Flycatcher.withScope { scope in
                    scope.setTransaction("POST /orders/:id")
                    Flycatcher.capture(error: StorageError.full)
                }
            }

            #expect(event["transaction"].text == "POST /orders/:id")
        }

        @Test func `causes stand before the errors they caused`() throws {
            let chain = OrderError(
                number: 17,
                underlyingError: StorageError.failed(underlying: NSError(domain: "disk", code: 28)))

            let values = try sdk.event { Flycatcher.capture(error: chain) }["exception"]["values"].list

            #expect(values.map { $0["type"].text } == ["disk", "StorageError", "OrderError"])
            #expect(values.map { $0["mechanism"]["exception_id"].number } == [2, 1, 0])
            #expect(values.map { $0["mechanism"]["parent_id"].number } == [1, 0, nil])
            #expect(values[1]["mechanism"]["source"].text == "underlyingError")
            #expect(values[0]["mechanism"]["meta"]["ns_error"]["code"].number == 28)
            #expect(values.dropLast().allSatisfy { $0["stacktrace"].isAbsent })
        }

        @Test func `an error carries the stack of its capture, the newest call last`() throws {
            let event = try sdk.event { captureThreeCallsDeep() }

            let trace = event["exception"]["values"][0]["stacktrace"]
            let functions = trace["frames"].list.map { $0["function"].text ?? "" }
            #expect(trace["snapshot"].bool == true)
            #expect(
                functions.suffix(3).map { $0.prefix { $0 != "(" } }
                    == ["captureThreeCallsDeep", "captureTwoCallsDeep", "captureOneCallDeep"])
            let last = try #require(trace["frames"].list.last)
            #expect(last["filename"].text == "Tests/FlycatcherTests/CaptureTests.swift")
            #expect(last["lineno"].number ?? 0 > 0)
            #expect(last["module"].text == "FlycatcherTests")
            #expect(last["in_app"].bool == true)
            #expect(trace["frames"].list.contains { $0["in_app"].bool == false })
        }

        @Test func `a message carries the stack of its capture as that of the current thread`() throws {
            let event = try sdk.event { Flycatcher.capture(message: "x") }

            let thread = event["threads"]["values"][0]
            #expect(thread["current"].bool == true)
            #expect(thread["stacktrace"]["frames"].list.last?["module"].text == "FlycatcherTests")
        }

        @Test func `stacks can be left out`() throws {
            let event = try sdk.event {
                $0.attachStacktrace = false
            } _: {
                Flycatcher.capture(error: StorageError.full)
            }

            #expect(event["exception"]["values"][0]["type"].text == "StorageError")
            #expect(event["exception"]["values"][0]["stacktrace"].isAbsent)
        }

        @Test func `an event of the app's own making arrives as it was built`() throws {
            var event = Flycatcher.Event(
                message: Flycatcher.Message("no stock of 12", template: "no stock of %s", parameters: ["12"]),
                exceptions: [
                    Flycatcher.ExceptionValue(
                        type: "Shop", value: "closed",
                        stackTrace: Flycatcher.StackTrace(frames: [
                            Flycatcher.Frame(function: "outer()", isInApp: false),
                            Flycatcher.Frame(
                                function: "inner()", filename: "Shop.swift", line: 3, isInApp: true),
                        ]))
                ],
                level: .fatal)
            event.tags = ["tenant": "acme"]
            event.fingerprint = ["{{ default }}", "acme"]
            event.logger = "shop.orders"
            event.timestamp = Timestamp("2026-03-01T10:00:00.098123Z")
            event.environment = "own"

            var id: EventID?
            let sent = try sdk.event { id = Flycatcher.capture(event: event) }

            #expect(id == event.id)
            #expect(sent["logentry"]["formatted"].text == "no stock of 12")
            #expect(sent["logentry"]["message"].text == "no stock of %s")
            #expect(sent["logentry"]["params"][0].text == "12")
            #expect(sent["exception"]["values"][0]["stacktrace"]["frames"][1]["lineno"].number == 3)
            #expect(sent["level"].text == "fatal")
            #expect(sent["tags"]["tenant"].text == "acme")
            #expect(sent["fingerprint"].list.map(\.text) == ["{{ default }}", "acme"])
            #expect(sent["logger"].text == "shop.orders")
            #expect(sent["timestamp"].text == "2026-03-01T10:00:00.098123Z")
            #expect(sent["environment"].text == "own")
        }

        @Test func `captures at once have an id each, and all arrive`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            let sent = await withTaskGroup(of: EventID.self) { group in
                for number in 0..<200 {
                    group.addTask { Flycatcher.capture(message: "number \(number)") }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(Flycatcher.close(timeout: .seconds(60)))

            let events = try server.events
            #expect(sent.count == 200)
            #expect(Set(events.compactMap { $0["event_id"].text }) == Set(sent.map(\.description)))
            #expect(Set(events.compactMap { $0["logentry"]["formatted"].text }).count == 200)
        }
    }
}

private enum StorageError: Error {
    case full
    case notFound(id: Int)
    case failed(underlying: any Error)
}

private struct OrderError: Error {
    var number: Int
    var underlyingError: any Error
}

@inline(never) private func captureThreeCallsDeep() {
    captureTwoCallsDeep()
    keepFrame()
}

@inline(never) private func captureTwoCallsDeep() {
    captureOneCallDeep()
    keepFrame()
}

@inline(never) private func captureOneCallDeep() {
    Flycatcher.capture(error: StorageError.full)
    keepFrame()
}

/// Something to be done after a call, so that it cannot become a jump that leaves no frame.
@inline(never) private func keepFrame() {}
