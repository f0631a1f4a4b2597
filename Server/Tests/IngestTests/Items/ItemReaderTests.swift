// How items that are no events are read, and what costs them their place.

import Compression
import FlycatcherWire
import Model
import Testing

@testable import Ingest

@Suite struct ItemReaderTests {
    private let arrival = Arrival(
        project: ProjectID(1), key: 1, receivedAt: .init(microseconds: 1_772_359_200_000_000),
        endpoint: .envelope)
    private static let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"

    private func fault(_ read: () throws(ItemFault) -> Void) -> String? {
        do {
            try read()
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a check-in is read with its schedule`() throws {
        let json = #"""
            {"check_in_id":"00000000000000000000000000000000","monitor_slug":"Nightly-1","status":"ok","duration":12.5,
            "release":"shop@1","environment":"staging","monitor_config":{"schedule":{"type":"crontab","value":"0 * * * *"}},
            "contexts":{"trace":{"trace_id":"\#(Self.trace)"}}}
            """#

        let checkIn = try CheckInReader.read(Array(json.utf8), arrival)

        #expect(checkIn.id == nil && checkIn.slug.description == "nightly-1" && checkIn.status == .ok)
        #expect(checkIn.duration == 12_500 && checkIn.environment == "staging" && checkIn.release == "shop@1")
        #expect(checkIn.trace?.description == Self.trace)
        #expect(checkIn.schedule == #"{"schedule":{"type":"crontab","value":"0 * * * *"}}"#)
    }

    @Test(arguments: [
        ("[]", "invalid_json"), ("{", "invalid_json"), (#"{"status":"ok"}"#, "missing_monitor_slug"),
        (#"{"monitor_slug":"a b","status":"ok","check_in_id":"0"}"#, "missing_monitor_slug"),
        (#"{"monitor_slug":"a"}"#, "missing_status"),
        (#"{"monitor_slug":"a","status":"ok"}"#, "missing_check_in_id"),
        (#"{"monitor_slug":"a","status":"ok","check_in_id":"xyz"}"#, "missing_check_in_id"),
    ])
    func `a check-in that says too little is refused by what it lacks`(form: (String, String)) {
        #expect(
            fault { () throws(ItemFault) in _ = try CheckInReader.read(Array(form.0.utf8), arrival) }
                == form.1)
    }

    @Test(arguments: [
        #"{"type":"interval","value":2,"unit":"hour"}"#, #"{"type":"crontab","value":"@daily"}"#,
    ])
    func `a schedule is a crontab or an interval`(schedule: String) throws {
        func read(_ schedule: String) throws -> String? {
            let json =
                #"{"monitor_slug":"a","status":"ok","check_in_id":"\#(Self.trace)","monitor_config":{"schedule":\#(schedule)}}"#
            return try CheckInReader.read(Array(json.utf8), arrival).schedule
        }

        #expect(try read(schedule) != nil)
        #expect(try read(#"{"type":"interval","value":0,"unit":"hour"}"#) == nil)
        #expect(try read(#"{"type":"interval","value":1,"unit":"fortnight"}"#) == nil)
        #expect(try read(#"{"type":"crontab","value":"often"}"#) == nil)
        #expect(try read("[]") == nil)
    }

    @Test(arguments: [
        ("ok", 0, SessionUpdate.State.running, false), ("ok", 2, .errored, false),
        ("exited", 0, .exited, true),
        ("exited", 1, .errored, true), ("crashed", 1, .crashed, true), ("abnormal", 0, .abnormal, true),
        ("unheard-of", 0, .running, false),
    ])
    func `a session counts as what its status and errors say`(
        form: (status: String, errors: Int, state: SessionUpdate.State, hasEnded: Bool)
    ) throws {
        let json = #"""
            {"sid":"\#(Self.trace)","started":"2026-03-01T09:59:00Z","status":"\#(form.status)","errors":\#(form.errors),
            "did":"jo","seq":4,"attrs":{"release":"shop@1"}}
            """#

        let update = try SessionReader.read(Array(json.utf8), arrival)

        #expect(update.state == form.state && update.hasEnded == form.hasEnded && update.sequence == 4)
        #expect(
            update.place == ReleasePlace(release: "shop@1", environment: "production") && update.user != nil)
    }

    @Test(arguments: [
        (#"{"sid":"x","started":1,"attrs":{"release":"a"}}"#, "missing_sid"),
        (#"{"attrs":{}}"#, "missing_release"),
        (#"{"sid":"a1b2c3d4e5f60718293a4b5c6d7e8f90","attrs":{"release":"a"}}"#, "missing_started"),
        (#"{"sid":"a1b2c3d4e5f60718293a4b5c6d7e8f90","started":1,"attrs":{"release":"a"}}"#, "too_old"),
    ])
    func `a session without a beginning or a release is refused`(form: (String, String)) {
        #expect(
            fault { () throws(ItemFault) in _ = try SessionReader.read(Array(form.0.utf8), arrival) }
                == form.1)
    }

    @Test func `sums of sessions are read up to a number, and hostile counts are cut`() throws {
        let entry = #"{"started":"2026-03-01T09:58:00Z","exited":99999999999999999,"errored":-5,"crashed":1}"#
        let bad = #"{"exited":1}"#
        let entries = ([bad] + Array(repeating: entry, count: 120)).joined(separator: ",")
        let json = #"{"aggregates":[\#(entries)],"attrs":{"release":"a","environment":"e"}}"#

        let (sums, invalidCount) = try SessionReader.readSums(Array(json.utf8), arrival)

        #expect(sums.count == 99 && invalidCount == 22)
        #expect(sums.first?.counts == SessionCounts(exited: 1_000_000_000, crashed: 1))
    }

    @Test func `a report is scrubbed, and the same words are the same report`() throws {
        let json =
            #"{"event_id":"\#(Self.trace)","name":"Jo","email":"jo@example.org","comments":"see https://jo:hunter2@host/"}"#

        let report = try FeedbackReader.readReport(Array(json.utf8), arrival)

        #expect(report.event?.description == Self.trace && report.name == "Jo")
        #expect(!report.message.contains("hunter2"))
        #expect(try FeedbackReader.readReport(Array(json.utf8), arrival).id == report.id)
        #expect(
            fault { () throws(ItemFault) in _ = try FeedbackReader.readReport(Array("{}".utf8), arrival) }
                == "missing_event_id")
    }

    @Test func `logs are kept by trace, each with its worst level`() throws {
        func log(_ trace: String, _ level: String, _ body: String) -> String {
            #"{"timestamp":1772359200.1,"trace_id":"\#(trace)","level":"\#(level)","body":"\#(body)","attributes":{"password":{"value":"hunter2","type":"string"}}}"#
        }
        let other = String(Self.trace.reversed())
        let json =
            #"{"items":[\#(log(Self.trace, "info", "one")),\#(log(Self.trace, "error", "two")),\#(log(other, "warn", "three")),{"body":"no trace"}]}"#

        let contents = try TraceReader.readLogs(Array(json.utf8), arrival, pack: { $0 })

        #expect(contents.count == 3 && contents.invalidCount == 1 && contents.items.count == 2)
        let first = try #require(contents.items.first { $0.count == 2 })
        #expect(first.level == .error && first.name == "one" && first.kind == .logs)
        #expect(!String(decoding: first.body, as: UTF8.self).contains("hunter2"))
    }

    @Test func `spans of a container stand for their segment`() throws {
        func span(_ id: String, _ name: String, _ start: Int, _ end: Int, segment: Bool) -> String {
            #"{"trace_id":"\#(Self.trace)","span_id":"\#(id)","name":"\#(name)","status":"ok","is_segment":\#(segment),"start_timestamp":\#(start),"end_timestamp":\#(end),"attributes":{"sentry.op":{"value":"http.server","type":"string"}}}"#
        }
        let json =
            #"{"items":[\#(span("1111111111111111", "db", 11, 12, segment: false)),\#(span("2222222222222222", "GET /", 10, 14, segment: true)),\#(span("3333333333333333", "bad", 9, 8, segment: false))]}"#

        let contents = try TraceReader.readSpans(Array(json.utf8), arrival, pack: { $0 })

        let item = try #require(contents.items.first)
        #expect(
            contents.invalidCount == 1 && item.count == 2 && item.name == "GET /"
                && item.operation == "http.server")
        #expect(item.duration == 4_000_000 && item.span?.description == "2222222222222222")
    }

    @Test func `a container with too many entries is refused`() {
        let json = "{\"items\":[" + Array(repeating: "{}", count: 101).joined(separator: ",") + "]}"

        #expect(
            fault { () throws(ItemFault) in
                _ = try TraceReader.readLogs(Array(json.utf8), arrival, pack: { $0 })
            } == "too_many")
    }

    @Test(arguments: [
        ("{}", "missing_timestamp"), (#"{"timestamp":2,"start_timestamp":3}"#, "missing_start_timestamp"),
        (#"{"timestamp":3,"start_timestamp":2}"#, "missing_trace_context"),
        (
            #"{"timestamp":3,"start_timestamp":2,"contexts":{"trace":{"trace_id":"a1b2c3d4e5f60718293a4b5c6d7e8f90","span_id":"1111111111111111"}},"spans":[{}]}"#,
            "missing_span_fields"
        ),
    ])
    func `a transaction must be whole`(form: (String, String)) {
        #expect(
            fault { () throws(ItemFault) in _ = try TraceReader.readTransaction(Array(form.0.utf8), arrival) }
                == form.1)
    }
}

@Suite struct SecurityReportTests {
    private let circumstances = SecurityReport.Circumstances(
        release: "shop@1", environment: "staging", userAgent: "Firefox")

    private func events(_ body: String) throws -> [String] {
        try SecurityReport.read(Array(body.utf8), circumstances).events.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [
        (
            #"{"csp-report":{"document-uri":"https://shop.example/","blocked-uri":"https://evil.example/x.js","effective-directive":"script-src"}}"#,
            "Blocked 'script' from 'evil.example'"
        ),
        (
            #"{"csp-report":{"violated-directive":"style-src 'self'","blocked-uri":"inline"}}"#,
            "Blocked inline 'style'"
        ),
        (
            #"{"csp-report":{"violated-directive":"script-src","blocked-uri":"eval"}}"#,
            "Blocked unsafe eval() 'script'"
        ),
        (
            #"{"csp-report":{"violated-directive":"img-src","blocked-uri":"data"}}"#,
            "Blocked 'img' from 'data'"
        ),
        (
            #"[{"type":"csp-violation","url":"https://a/","body":{"blockedURL":"https://b.example:8080/","effectiveDirective":"font-src"}}]"#,
            "Blocked 'font' from 'b.example:8080'"
        ),
        (#"{"expect-ct-report":{"hostname":"a.example","port":443}}"#, "Expect-CT failed for 'a.example'"),
        (#"{"expect-staple-report":{"hostname":"a.example"}}"#, "Expect-Staple failed for 'a.example'"),
        (
            #"{"hostname":"a.example","known-pins":["x"]}"#,
            "Public key pinning validation failed for 'a.example'"
        ),
    ])
    func `every form of report becomes an event with a message`(form: (String, String)) throws {
        let events = try events(form.0)

        #expect(events.count == 1)
        #expect(events.first?.contains("\"formatted\":\"\(form.1)\"") == true, "\(events)")
        #expect(events.first?.contains("\"release\":\"shop@1\"") == true)
        #expect(events.first?.contains("\"User-Agent\":\"Firefox\"") == true)
    }

    @Test func `what extensions do is ignored, what is none is refused`() throws {
        let own =
            #"{"csp-report":{"violated-directive":"script-src","blocked-uri":"chrome-extension://abc/x.js"}}"#

        #expect(try SecurityReport.read(Array(own.utf8), circumstances).ignoredCount == 1)
        for body in ["{}", "nonsense", #"{"csp-report":7}"#, #"{"csp-report":{}}"#] {
            #expect(throws: ItemFault.self) { try SecurityReport.read(Array(body.utf8), circumstances) }
        }
        let list = try SecurityReport.read(
            Array(("[" + Array(repeating: "{}", count: 200).joined(separator: ",") + "]").utf8), circumstances
        )
        #expect(list.invalidCount == 200 && list.events.isEmpty)
    }
}
