// Which transactions are sent, and what becomes of the others.

import Flycatcher
import FlycatcherWire
import Foundation
import Synchronization
import Testing

extension SDKTests {
    @Suite struct TraceSampling {
        private struct Broken: Error {}

        private static let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
        private static let span = "1122334455667788"

        let sdk = SDKTests()

        /// Whether a transaction is sent that continues a trace with the given flag.
        private func isSent(
            _ flag: String?, explicit: Bool? = nil, _ configure: @escaping (inout Flycatcher.Options) -> Void
        ) throws -> Bool {
            try sdk.arrivals(configure) {
                Flycatcher.continueTrace(
                    sentryTrace: flag.map { "\(Self.trace)-\(Self.span)\($0)" }, baggage: nil
                ) {
                    Flycatcher.withTransaction(
                        name: "job", operation: "task",
                        options: Flycatcher.TransactionOptions(isSampled: explicit)
                    ) { _ in }
                }
            }.items("transaction").count == 1
        }

        @Test func `P9: a sampler that throws counts as none`() throws {
            func options(_ rate: Double) -> (inout Flycatcher.Options) -> Void {
                {
                    $0.tracesSampler = { _ in throw Broken() }
                    $0.tracesSampleRate = rate
                }
            }

            #expect(try isSent("-1", options(0)))
            #expect(try !isSent("-0", options(1)))
            #expect(try isSent(nil, options(1)))
            #expect(try !isSent(nil, options(0)))
        }

        @Test func `P12: the sampler wins over the caller's decision, and that over the rate`() throws {
            #expect(try isSent("-1") { $0.tracesSampleRate = 0 })
            #expect(try !isSent("-0") { $0.tracesSampleRate = 1 })
            #expect(try isSent("") { $0.tracesSampleRate = 1 })
            #expect(try !isSent("") { $0.tracesSampleRate = 0 })
            #expect(try !isSent("-1") { $0.tracesSampler = { _ in 0 } })
            #expect(try isSent("-0") { $0.tracesSampler = { _ in true } })
            #expect(try isSent("-1") { $0.tracesSampler = { _ in nil } })
            #expect(try isSent("-0", explicit: true) { $0.tracesSampler = { _ in 0 } })
            #expect(try !isSent("-1", explicit: false) { $0.tracesSampler = { _ in 1 } })
            #expect(try !isSent("-1") { _ in })
        }

        @Test func `the sampler knows what there is to decide about`() throws {
            let seen = Mutex<Flycatcher.TraceSamplingContext?>(nil)
            _ = try sdk.transactions {
                $0.tracesSampler = { context in
                    seen.withLock { $0 = context }
                    return 1
                }
            } _: {
                Flycatcher.continueTrace(
                    sentryTrace: "\(Self.trace)-\(Self.span)-1", baggage: "sentry-sample_rate=0.25"
                ) {
                    Flycatcher.withTransaction(
                        name: "GET /", operation: "http.server",
                        options: Flycatcher.TransactionOptions(
                            source: .route, samplingData: ["tenant": "acme"])
                    ) { _ in }
                }
            }

            let context = try #require(seen.withLock { $0 })
            #expect(context.name == "GET /")
            #expect(context.operation == "http.server")
            #expect(context.source == .route)
            #expect(context.isParentSampled == true)
            #expect(context.parentSampleRate == 0.25)
            #expect(context.custom == ["tenant": "acme"])
        }

        @Test func `P13: the number that decides is in the baggage, with six decimals`() throws {
            var seen: [(baggage: Baggage, isSent: Bool)] = []
            _ = try sdk.transactions {
                $0.tracesSampleRate = 0.5
            } _: {
                for _ in 0..<200 {
                    Flycatcher.withTransaction(name: "job", operation: "task") { transaction in
                        seen.append(
                            (Baggage(Flycatcher.traceHeaders()["baggage"] ?? ""), transaction.isRecording))
                    }
                }
            }

            for (baggage, isSent) in seen {
                let text = try #require(baggage["sentry-sample_rand"])
                #expect(text.wholeMatch(of: /0\.[0-9]{6}/) != nil)
                #expect(SampleDraw(text)?.isBelow(0.5) == isSent)
                #expect(baggage["sentry-sampled"] == (isSent ? "true" : "false"))
                #expect(baggage["sentry-sample_rate"] == "0.5")
            }
            #expect((50...150).contains(seen.count { $0.isSent }))
        }

        @Test func `H10: a rate of 0 says no, which is not the same as saying nothing`() throws {
            func flag(_ rate: Double?) throws -> Bool? {
                var headers: [String: String] = [:]
                _ = try sdk.arrivals {
                    $0.tracesSampleRate = rate
                } _: {
                    Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                        headers = Flycatcher.traceHeaders()
                    }
                }
                return try #require(SentryTrace(sentryTrace: headers["sentry-trace"] ?? "")).isSampled
            }

            #expect(try flag(0) == false)
            #expect(try flag(nil) == nil)
            #expect(try flag(1) == true)
        }

        @Test func `R16: a dropped transaction counts with all of its spans`() throws {
            func losses(
                _ reason: String, _ configure: @escaping (inout Flycatcher.Options) -> Void
            ) throws -> [String: Int] {
                let server = try CaptureServer()
                defer { server.stop() }
                Flycatcher.start {
                    $0.dsn = server.dsn()
                    $0.tracesSampleRate = 1
                    configure(&$0)
                }
                Flycatcher.withTransaction(name: "GET /health", operation: "http.server") { transaction in
                    for _ in 0..<3 { Flycatcher.withSpan(operation: "step") { _ in } }
                    transaction.setHTTPStatus(404)
                }
                Flycatcher.close(timeout: .seconds(20))
                #expect(try server.items("transaction").isEmpty)
                return try server.losses(reason)
            }
            let expected = ["transaction": 1, "span": 4]

            #expect(try losses("sample_rate") { $0.tracesSampleRate = 0 } == expected)
            #expect(
                try losses("before_send") {
                    $0.beforeSendTransaction = { _ in nil }
                    $0.traceIgnoreStatusCodes = []
                } == expected)
            #expect(
                try losses("before_send") {
                    $0.beforeSendTransaction = { _ in throw Broken() }
                    $0.traceIgnoreStatusCodes = []
                } == expected)
            #expect(try losses("event_processor") { $0.ignoreTransactions = ["/health"] } == expected)
            #expect(try losses("event_processor") { _ in } == expected)
        }

        @Test func `beforeSendTransaction changes what is sent, and spans that it removes are counted`()
            throws
        {
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 1
                $0.beforeSendTransaction = { transaction in
                    var transaction = transaction
                    transaction.name = "renamed"
                    transaction.event.tags["seen"] = "yes"
                    transaction.spans.removeAll { $0.operation == "secret" }
                    return transaction
                }
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    Flycatcher.withSpan(operation: "secret") { _ in }
                    Flycatcher.withSpan(operation: "step") { _ in }
                }
            }

            let json = try #require(try server.items("transaction").first).json
            #expect(json["transaction"].text == "renamed")
            #expect(json["tags"]["seen"].text == "yes")
            #expect(json["spans"].list.map { $0["op"].text } == ["step"])
            #expect(try server.losses("before_send") == ["span": 1])
        }

        @Test func `beforeSendSpan changes spans, and keeps them when it throws`() throws {
            let transactions = try sdk.transactions {
                $0.beforeSendSpan = { span in
                    guard span.operation == "step" else { throw Broken() }
                    var span = span
                    span.description = "changed"
                    return span
                }
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    Flycatcher.withSpan(operation: "step", description: "a") { _ in }
                    Flycatcher.withSpan(operation: "other", description: "b") { _ in }
                }
            }

            let spans = try #require(transactions.first).json["spans"].list
            #expect(spans.map { $0["description"].text } == ["changed", "b"])
        }

        @Test func `beforeSend does not see transactions`() throws {
            let transactions = try sdk.transactions {
                $0.beforeSend = { _, _ in nil }
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in }
            }

            #expect(transactions.count == 1)
        }

        @Test func `a trace is sent as a whole or not at all`() throws {
            let baggage = "sentry-trace_id=\(Self.trace),sentry-sample_rand=0.300000"
            func isSent(_ rate: Double) throws -> Bool {
                try sdk.transactions {
                    $0.tracesSampleRate = rate
                } _: {
                    Flycatcher.continueTrace(sentryTrace: "\(Self.trace)-\(Self.span)", baggage: baggage) {
                        Flycatcher.withTransaction(name: "job", operation: "task") { _ in }
                    }
                }.count == 1
            }

            #expect(try isSent(0.300001))
            #expect(try !isSent(0.3))
        }
    }
}
