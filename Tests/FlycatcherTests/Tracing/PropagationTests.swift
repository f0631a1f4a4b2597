// Traces across services.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct Propagation {
        private static let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
        private static let span = "1122334455667788"
        private static let received =
            "sentry-trace_id=\(trace),sentry-public_key=up,sentry-sampled=true,sentry-sample_rate=0.5,"
            + "sentry-sample_rand=0.250000,sentry-transaction=GET%20%2Fa"

        let sdk = SDKTests()

        /// The headers that `body` gets from the SDK.
        private func headers(
            _ configure: @escaping (inout Flycatcher.Options) -> Void = { _ in },
            _ body: () throws -> [String: String] = { Flycatcher.traceHeaders() }
        ) throws -> [String: String] {
            var headers: [String: String] = [:]
            _ = try sdk.arrivals(configure) { headers = try body() }
            return headers
        }

        @Test func `H1: without tracing requests carry the trace and leave the decision open`() throws {
            let headers = try headers { $0.release = "shop@1.4.2" }

            let place = try #require(SentryTrace(sentryTrace: headers["sentry-trace"] ?? ""))
            #expect(headers["sentry-trace"] == "\(place.traceID)-\(place.spanID)")
            let baggage = Baggage(headers["baggage"] ?? "")
            #expect(baggage["sentry-trace_id"] == place.traceID.description)
            #expect(baggage["sentry-public_key"] == "pub")
            #expect(baggage["sentry-release"] == "shop@1.4.2")
            #expect(baggage["sentry-environment"] == "production")
            #expect(baggage["sentry-sampled"] == nil)
            #expect(baggage["sentry-sample_rate"] == nil)
            #expect(headers["traceparent"] == nil)
        }

        @Test func `H2: an event continues the trace of the request that it was captured in`() throws {
            let server = try sdk.arrivals {
                Flycatcher.continueTrace(
                    sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: Self.received
                ) {
                    _ = Flycatcher.capture(message: "inside")
                }
                Flycatcher.capture(message: "outside")
            }

            let events = try server.items("event")
            let context = events[0].json["contexts"]["trace"]
            #expect(context["trace_id"].text == Self.trace)
            #expect(context["parent_span_id"].text == Self.span)
            #expect(context["span_id"].text?.count == 16)
            #expect(events[0].header.trace["transaction"] == "GET /a")
            #expect(events[1].json["contexts"]["trace"]["trace_id"].text != Self.trace)
            #expect(events[1].json["contexts"]["trace"]["parent_span_id"].isAbsent)
        }

        @Test func `a trace is continued across suspensions and in child tasks`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            await Flycatcher.continueTrace(sentryTrace: "\(Self.trace)-\(Self.span)", baggage: nil) {
                await Task.yield()
                async let child: Void = { _ = Flycatcher.capture(message: "child") }()
                await child
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            let event = try #require(try server.items("event").first)
            #expect(event.json["contexts"]["trace"]["trace_id"].text == Self.trace)
        }

        @Test(arguments: [
            nil, "", "garbage", "\(trace)-\(span.dropLast())-1", "g\(trace.dropFirst())-\(span)-1",
            "00000000000000000000000000000000-\(span)-1",
        ])
        func `H3: a malformed header begins a new trace`(header: String?) throws {
            let server = try sdk.arrivals {
                Flycatcher.continueTrace(sentryTrace: header, baggage: Self.received) {
                    _ = Flycatcher.capture(message: "x")
                }
            }

            let event = try #require(try server.items("event").first)
            let trace = try #require(event.json["contexts"]["trace"]["trace_id"].text)
            #expect(trace.count == 32 && trace != Self.trace)
            #expect(event.json["contexts"]["trace"]["parent_span_id"].isAbsent)
            #expect(event.header.trace["trace_id"] == trace)
        }

        @Test func `a traceparent stands in for a sentry-trace that is not there`() throws {
            let headers = try headers({ _ in }) {
                Flycatcher.continueTrace(
                    sentryTrace: nil, baggage: nil, traceparent: "00-\(Self.trace)-\(Self.span)-01"
                ) { Flycatcher.traceHeaders() }
            }

            #expect(headers["sentry-trace"]?.hasPrefix("\(Self.trace)-") == true)
            #expect(headers["sentry-trace"]?.hasSuffix("-1") == true)
        }

        @Test(
            arguments: [
                (nil, "http://anywhere.example/", true), (["api.local"], "https://api.local/orders", true),
                (["api.local"], "https://other.local/", false), ([], "https://api.local/", false),
                ([.matching(/^https:\/\/[a-z]+\.internal\//)], "https://shop.internal/x", true),
                ([.matching(/^https:\/\/[a-z]+\.internal\//)], "http://shop.internal/x", false),
            ] as [([Flycatcher.TextPattern]?, String, Bool)])
        func `H4: only requests to the targets carry the trace`(
            targets: [Flycatcher.TextPattern]?, url: String, isCarried: Bool
        ) throws {
            let headers = try headers {
                $0.tracePropagationTargets = targets
            } _: {
                Flycatcher.traceHeaders(for: url)
            }

            #expect((headers["sentry-trace"] != nil) == isCarried)
            #expect((headers["baggage"] != nil) == isCarried)
        }

        @Test func `requests to the server that events go to carry no trace`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                #expect(
                    Flycatcher.traceHeaders(for: "http://127.0.0.1:\(server.port)/api/42/envelope/").isEmpty)
                #expect(!Flycatcher.traceHeaders(for: "http://127.0.0.1:1/").isEmpty)
            }
        }

        @Test func `H5: what others have put into the baggage stays, and all of it is within the limit`()
            throws
        {
            let foreign = "vendor=a%20b;p=1,z=\(String(repeating: "y", count: 7900))"
            let headers = try headers {
                $0.release = String(repeating: "r", count: 200)
            } _: {
                Flycatcher.traceHeaders(baggage: "\(foreign),sentry-trace_id=old")
            }

            let baggage = try #require(headers["baggage"])
            #expect(baggage.hasPrefix("\(foreign),sentry-trace_id="))
            #expect(Baggage(baggage)["sentry-trace_id"] != "old")
            #expect(Baggage(baggage)["sentry-release"] == nil)
            #expect(baggage.utf8.count <= 8192)
        }

        @Test func `H6: what a service before us has said is passed on unchanged`() throws {
            let headers = try headers {
                $0.tracesSampleRate = 1
                $0.release = "ours@1"
            } _: {
                Flycatcher.continueTrace(
                    sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: "vendor=x,\(Self.received)"
                ) {
                    Flycatcher.withTransaction(name: "GET /b", operation: "http.server") { _ in
                        Flycatcher.traceHeaders()
                    }
                }
            }

            #expect(headers["baggage"] == Self.received)
        }

        @Test func `a trace without sampling context stays without one`() throws {
            let headers = try headers({ _ in }) {
                Flycatcher.continueTrace(sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: "vendor=x") {
                    Flycatcher.traceHeaders()
                }
            }

            #expect(headers["sentry-trace"]?.hasPrefix(Self.trace) == true)
            #expect(headers["baggage"] == nil)
        }

        @Test func `a number that an older service leaves out is drawn on its side of the rate`() throws {
            for isSampled in [true, false] {
                let headers = try headers({ _ in }) {
                    Flycatcher.continueTrace(
                        sentryTrace: "\(Self.trace)-\(Self.span)-\(isSampled ? 1 : 0)",
                        baggage: "sentry-trace_id=\(Self.trace),sentry-sample_rate=0.3"
                    ) { Flycatcher.traceHeaders() }
                }

                let draw = SampleDraw(Baggage(headers["baggage"] ?? "")["sentry-sample_rand"] ?? "")
                #expect(draw?.isBelow(0.3) == isSampled)
            }
        }

        @Test(
            arguments: [
                (nil, nil, false, true), (nil, nil, true, true), ("1", "1", false, true),
                ("1", "1", true, true),
                ("1", "2", false, false), ("1", "2", true, false), ("1", nil, false, true),
                ("1", nil, true, false),
                (nil, "1", false, true), (nil, "1", true, false),
            ] as [(String?, String?, Bool, Bool)])
        func `H7: a trace of another organisation is not continued`(
            ours: String?, theirs: String?, isStrict: Bool, isContinued: Bool
        ) throws {
            let theirBaggage = "sentry-trace_id=\(Self.trace)" + (theirs.map { ",sentry-org_id=\($0)" } ?? "")
            let headers = try headers {
                $0.orgID = ours
                $0.strictTraceContinuation = isStrict
            } _: {
                Flycatcher.continueTrace(sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: theirBaggage) {
                    Flycatcher.traceHeaders()
                }
            }

            #expect((headers["sentry-trace"]?.hasPrefix(Self.trace) == true) == isContinued)
        }

        @Test func `D8: the organisation is read from the DSN's host, and the option wins`() throws {
            func organization(_ orgID: String?) -> String? {
                let transport = Flycatcher.RecordingTransport()
                Flycatcher.start {
                    $0.dsn = "https://pub@o123.ingest.example/42"
                    $0.transport = transport
                    $0.orgID = orgID
                }
                defer { Flycatcher.close() }
                return Baggage(Flycatcher.traceHeaders()["baggage"] ?? "")["sentry-org_id"]
            }

            #expect(organization(nil) == "123")
            #expect(organization("7") == "7")
        }

        @Test func `H9: a traceparent is sent only if it is wanted and the target matches`() throws {
            func traceparent(_ isWanted: Bool, rate: Double?) throws -> String? {
                try headers {
                    $0.propagateTraceparent = isWanted
                    $0.tracePropagationTargets = ["api.local"]
                    $0.tracesSampleRate = rate
                } _: {
                    Flycatcher.withTransaction(name: "x", operation: "task") { _ in
                        #expect(Flycatcher.traceHeaders(for: "https://other.local").isEmpty)
                        return Flycatcher.traceHeaders(for: "https://api.local/")
                    }
                }["traceparent"]
            }

            #expect(try traceparent(false, rate: 1) == nil)
            #expect(try traceparent(true, rate: 1)?.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-01/) != nil)
            #expect(try traceparent(true, rate: 0)?.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-00/) != nil)
        }

        @Test func `H11: the trace of whoever started the process goes on, and to programs that it starts`()
            throws
        {
            setenv("SENTRY_TRACE", "\(Self.trace)-\(Self.span)-1", 1)
            setenv("SENTRY_BAGGAGE", Self.received, 1)
            defer { for name in ["SENTRY_TRACE", "SENTRY_BAGGAGE"] { unsetenv(name) } }

            var environment: [String: String] = [:]
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 0
            } _: {
                Flycatcher.capture(message: "x")
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    environment = Flycatcher.traceEnvironment()
                }
            }

            let event = try #require(try server.items("event").first).json["contexts"]["trace"]
            #expect(event["trace_id"].text == Self.trace)
            #expect(event["parent_span_id"].text == Self.span)
            let job = try #require(try server.items("transaction").first).json["contexts"]["trace"]
            #expect(job["trace_id"].text == Self.trace)
            #expect(job["parent_span_id"].text == Self.span)
            #expect(environment["SENTRY_TRACE"] == "\(Self.trace)-\(job["span_id"].text ?? "")-1")
            #expect(environment["SENTRY_BAGGAGE"] == Self.received)
        }

        @Test func `a new trace has nothing to do with the one around it`() throws {
            let server = try sdk.arrivals {
                Flycatcher.continueTrace(sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: nil) {
                    Flycatcher.startNewTrace { _ = Flycatcher.capture(message: "x") }
                }
            }

            let context = try #require(try server.items("event").first).json["contexts"]["trace"]
            #expect(context["trace_id"].text != Self.trace)
            #expect(context["parent_span_id"].isAbsent)
        }

        @Test func `events outside of any work share the process's trace, and each request has its own`()
            throws
        {
            let server = try sdk.arrivals {
                for _ in 0..<2 { Flycatcher.capture(message: "process") }
                for _ in 0..<2 {
                    Flycatcher.withIsolationScope { _ in
                        for _ in 0..<2 { Flycatcher.capture(message: "request") }
                    }
                }
            }

            let traces = try server.items("event").map { $0.json["contexts"]["trace"]["trace_id"].text }
            #expect(traces[0] == traces[1] && traces[2] == traces[3] && traces[4] == traces[5])
            #expect(Set(traces).count == 3)
        }

        @Test func `while the SDK is off there are no headers`() {
            #expect(Flycatcher.traceHeaders().isEmpty)
            #expect(Flycatcher.traceEnvironment().isEmpty)
            #expect(Flycatcher.continueTrace(sentryTrace: nil, baggage: nil) { 1 } == 1)
            #expect(Flycatcher.startNewTrace { 1 } == 1)
        }
    }
}
