// What is told of programs that do not end as they should, shown with real ones.

import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Crashes {
        private let sdk = SDKTests()
        private let probe = CrashingProbe()

        @Test func `a crash is told when it happens, with what was known then`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("trap", server)

            #expect(status == .signal(SIGILL))
            let event = try #require(try server.events.first)
            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text == "Fatal error")
            #expect(
                exception["value"].text == "Unexpectedly found nil while unwrapping an Optional value")
            #expect(event["level"].text == "fatal")
            #expect(exception["mechanism"]["handled"].bool == false)
            #expect(exception["mechanism"]["meta"]["signal"]["name"].text == "SIGILL")
            #expect(event["tags"]["tenant"].text == "acme")
            #expect(event["user"]["id"].text == "u-9")
            #expect(event["release"].text == "probe@1.2.3")
            #expect(event["breadcrumbs"]["values"].list.last?["message"].text == "about to trap")
            #expect(event["contexts"]["trace"]["trace_id"].text != nil)
            #expect(event["debug_meta"]["images"].list.count > 3)
        }

        @Test func `the next run knows of the crash, and tells it no second time`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("trap", server)
            let next = try probe.output(of: "wait", server)
            let secondNext = try probe.output(of: "wait", server)

            #expect(next.contains("crashed last run: Optional(true)"))
            #expect(secondNext.contains("crashed last run: Optional(false)"))
            #expect(try server.events.count == 1)
        }

        @Test func `where nothing may be started, the next run tells the crash`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])
            #expect(try server.events.isEmpty)
            _ = try probe.run("wait", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGILL))
            #expect(try server.events.count == 1)
            #expect(try server.events.first?["tags"]["tenant"].text == "acme")
        }

        @Test func `what the crash of a request tells is that request's`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("request", server)

            let event = try #require(try server.events.first)
            #expect(event["tags"]["order"].text == "1")
            let texts = event["breadcrumbs"]["values"].list.compactMap { $0["message"].text }
            #expect(texts == ["opened the order", "about to request", "in the request that crashes"])
        }

        @Test func `a process that was killed is told of by the next`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("kill", server)
            _ = try probe.run("wait", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGKILL))
            let event = try #require(try server.events.first)
            #expect(try server.events.count == 1)
            #expect(event["exception"]["values"][0]["type"].text == "Abnormal exit")
            #expect(event["breadcrumbs"]["values"].list.last?["message"].text == "about to kill")
        }

        @Test func `a process that was asked to end is not told of`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("terminate", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGTERM))
            #expect(try server.events.isEmpty)
        }

        @Test func `with the handler off a crash is nobody's business`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("trap", server, ["FLYCATCHER_CRASH_HANDLER": "off"])
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGILL))
            #expect(try server.events.isEmpty)
        }
    }
}
