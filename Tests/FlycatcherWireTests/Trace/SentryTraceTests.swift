// The headers that say where in a trace a request was made.

import FlycatcherWire
import Testing

@Suite struct SentryTraceTests {
    let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
    let span = "1122334455667788"

    @Test(arguments: [("", nil), ("-1", true), ("-0", false)] as [(String, Bool?)])
    func `a sentry-trace header is read and written`(flag: String, isSampled: Bool?) throws {
        let header = try #require(SentryTrace(sentryTrace: "\(trace)-\(span)\(flag)"))

        #expect(header.traceID.description == trace)
        #expect(header.spanID.description == span)
        #expect(header.isSampled == isSampled)
        #expect(header.headerValue == "\(trace)-\(span)\(flag)")
    }

    @Test func `blanks around it and upper case are read, lower case is written`() {
        let header = SentryTrace(sentryTrace: " \t\(trace.uppercased())-\(span.uppercased())-1\r\n")

        #expect(header?.headerValue == "\(trace)-\(span)-1")
    }

    @Test(arguments: [
        "", "-", "garbage", "a1b2c3d4e5f60718293a4b5c6d7e8f90", "a1b2c3d4e5f60718293a4b5c6d7e8f90-",
        "a1b2c3d4e5f60718293a4b5c6d7e8f9-1122334455667788",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90-112233445566778",
        "a1b2c3d4e5f60718293a4b5c6d7e8f9g-1122334455667788",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-2",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-1-1",
        "00000000000000000000000000000000-1122334455667788-1",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90-0000000000000000-1",
        "a1b2c3d4e5f60718293a4b5c6d7e8f90 1122334455667788",
        "ä1b2c3d4e5f60718293a4b5c6d7e8f9-1122334455667788",
    ])
    func `a malformed sentry-trace counts as none`(text: String) {
        #expect(SentryTrace(sentryTrace: text) == nil)
    }

    @Test(arguments: [
        ("00-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-01", true),
        ("00-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-00", false),
        ("00-A1B2C3D4E5F60718293A4B5C6D7E8F90-1122334455667788-03", true),
        (" cc-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-02-later ", false),
    ])
    func `a traceparent header is read`(text: String, isSampled: Bool) throws {
        let header = try #require(SentryTrace(traceparent: text))

        #expect(header.traceID.description == trace)
        #expect(header.spanID.description == span)
        #expect(header.isSampled == isSampled)
    }

    @Test(arguments: [
        "", "00", "ff-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-01",
        "00-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788",
        "00-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-01-more",
        "00-00000000000000000000000000000000-1122334455667788-01",
        "00-a1b2c3d4e5f60718293a4b5c6d7e8f90-0000000000000000-01",
        "00-a1b2c3d4e5f60718293a4b5c6d7e8f90-1122334455667788-1",
    ])
    func `a malformed traceparent counts as none`(text: String) {
        #expect(SentryTrace(traceparent: text) == nil)
    }

    @Test func `a traceparent says yes only when the trace is sent for sure`() throws {
        let traceID = try #require(TraceID(trace))
        let spanID = try #require(SpanID(span))

        let texts = [true, false, nil].map {
            SentryTrace(traceID: traceID, spanID: spanID, isSampled: $0).traceparent
        }

        #expect(texts == ["01", "00", "00"].map { "00-\(trace)-\(span)-\($0)" })
    }

    @Test func `identities are never zero, and differ`() {
        #expect(TraceID(value: 0) == nil)
        #expect(SpanID(value: 0) == nil)
        #expect(Set((0..<10_000).map { _ in TraceID() }).count == 10_000)
        #expect(Set((0..<10_000).map { _ in SpanID() }).count == 10_000)
        #expect(SpanID(value: 1)?.description == "0000000000000001")
    }
}
