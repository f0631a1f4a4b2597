// What is told of programs that do not end as they should, shown with real ones.

import CFlycatcher
import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Crashes {
        private let sdk = SDKTests()
        private let probe = CrashingProbe()

        @Test func `S9: a crash is told when it happens, with what was known then`() throws {
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
            let envelope = try #require(try server.requests.first?.envelope)
            #expect(event["contexts"]["trace"]["trace_id"].text == envelope.header.trace["trace_id"])
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

        @Test(arguments: [
            flycatcher_part_fatal_text, flycatcher_part_direct_reading, flycatcher_part_tasks,
            flycatcher_part_awaiting_functions,
        ])
        func `what the runtime or the system lacks is left out, and the rest is told`(
            part: flycatcher_part
        ) throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("request", server, ["PROBE_WITHOUT": "\(part.rawValue)"])

            let event = try #require(try server.events.first)
            let exception = event["exception"]["values"][0]
            let hasText = exception["mechanism"]["data"]["source"].text != nil
            #expect(hasText == (part != flycatcher_part_fatal_text))
            #expect((event["tags"]["order"].text == "1") == (part != flycatcher_part_tasks))
            #expect(event["tags"]["tenant"].text == "acme")
            #expect(exception["stacktrace"]["frames"].list.count > 3)
            #expect(event["threads"]["values"].list.count > 1)
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

        @Test func `the good end of a child is not that of the run`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("child", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGKILL))
            #expect(try server.events.count == 1)
        }

        @Test func `a second start goes on watching, and tells a crash once`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("again", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGILL))
            let event = try #require(try server.events.first)
            #expect(try server.events.count == 1)
            #expect(event["tags"]["tenant"].text == "acme")
            #expect(event["breadcrumbs"]["values"].list.last?["message"].text == "started again")
        }

        @Test func `a process that was asked to end is not told of`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            let status = try probe.run("terminate", server)
            _ = try probe.run("wait", server)

            #expect(status == .signal(SIGTERM))
            #expect(try server.events.isEmpty)
        }

        @Test func `where functions of the app decide, they are asked at the next start`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("hooked", server)
            #expect(try server.events.isEmpty)
            _ = try probe.run("wait", server)

            #expect(try server.events.count == 1)
        }

        @Test func `the app sees the event of the last run's crash, once`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("trap", server)
            let next = try probe.output(of: "wait", server)
            let secondNext = try probe.output(of: "wait", server)

            let id = try #require(try server.events.first?["event_id"].text)
            #expect(next.contains("the last run crashed: \(id)"))
            #expect(next.contains("acme"))
            #expect(!secondNext.contains("the last run crashed"))
        }

        @Test func `S10: a crash right after the start is told before the next start returns`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])
            _ = try probe.run("leave", server)

            #expect(try server.events.count == 1)
        }

        @Test func `two processes that find one record send it once`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            _ = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])

            let both = try [probe.start("wait", server), probe.start("wait", server)]
            both.forEach { $0.waitUntilExit() }

            #expect(try server.events.count == 1)
        }

        @Test(arguments: [("run trap", "crashed"), ("run kill", "abnormal")])
        func `N4, N6: the session ends with the run, in the envelope of its event`(
            task: String, status: String
        ) throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run(task, server)
            if status == "abnormal" { _ = try probe.run("wait", server) }

            let envelopes = try server.requests.map { try $0.envelope }
            let last = try #require(envelopes.first { !$0.items("event").isEmpty })
            let session = try #require(try last.payloads("session").first)
            #expect(session["status"].text == status)
            #expect(session["errors"].number == (status == "crashed" ? 1 : 0))
            #expect(session["attrs"]["release"].text == "probe@1.2.3")
            #expect(session["init"].isAbsent)
        }

        @Test func `N10: while errors are limited the session of a crash is still told`() throws {
            let limit = ["X-Sentry-Rate-Limits": "60:error:key"]
            let server = try CaptureServer([.answer(status: 200, headers: limit)])
            defer { server.stop() }
            _ = try probe.run("request session", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])
            let record = try #require(probe.files.first)
            try FileManager.default.copyItem(
                at: record, to: record.deletingLastPathComponent().appending(path: "again.run"))

            // The answer to the first of the two limits the other.
            _ = try probe.run("wait", server)

            let envelopes = try server.requests.map { try $0.envelope }
            let sums = try envelopes.flatMap { try $0.payloads("sessions") }
            #expect(sums.map { $0["aggregates"][0]["crashed"].number } == [1, 1])
            #expect(try server.events.count == 1)
        }

        @Test func `requests that were under way crashed with the process`() throws {
            let server = try CaptureServer()
            defer { server.stop() }

            _ = try probe.run("request session", server)

            let sums = try server.requests.flatMap { try $0.envelope.payloads("sessions") }
            #expect(sums.first?["aggregates"][0]["crashed"].number == 1)
        }

        @Test(arguments: ["3", "/etc/passwd", ""])
        func `a program that is told to deliver what is no record of its crash does nothing`(
            value: String
        ) throws {
            let server = try CaptureServer()
            defer { server.stop() }
            _ = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])

            // With 3 the record of another process's crash is handed over.
            let record = value == "3" ? probe.files.first : nil
            let status = try probe.run("wait", server, ["FLYCATCHER_DELIVER": value], file: record)

            #expect(status == .status(111))
            #expect(try server.events.isEmpty)
        }

        @Test func `files that are no records are removed and counted`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            _ = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])
            let record = try #require(probe.files.first)
            try Data("nonsense".utf8).write(
                to: record.deletingLastPathComponent().appending(path: "1-2.run"))
            try Data(count: 100).write(to: record)

            _ = try probe.run("wait", server)

            #expect(probe.files.isEmpty)
            #expect(try server.events.isEmpty)
            #expect(try server.losses["internal_sdk_error error"] == 2)
        }

        @Test func `a record that was tried three times is given up`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            _ = try probe.run("trap", server, ["FLYCATCHER_CRASH_DELIVERY": "off"])
            try probe.change { run in run.attempts = 3 }

            _ = try probe.run("wait", server)

            #expect(try server.events.isEmpty)
            #expect(try server.losses["internal_sdk_error error"] == 1)
            #expect(probe.files.isEmpty)
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
