// Proves that what libraries trace with swift-distributed-tracing is recorded, within and around spans of ours.

import Flycatcher
import FlycatcherTracing
import FlycatcherWire
import Testing
import Tracing

extension SDKTests.Doors {
    @Suite struct DistributedTracing {
        private struct OutOfInk: Error {}

        /// Headers as libraries carry them.
        private struct Headers: Extractor, Injector {
            func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
            func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
                carrier[key] = value
            }
        }

        let sdk = SDKTests()
        let tracer = Flycatcher.DistributedTracer()

        private func arrivals(_ body: () throws -> Void) throws -> CaptureServer {
            try sdk.arrivals {
                $0.tracesSampleRate = 1
            } _: {
                try body()
            }
        }

        @Test func `a span without another is a transaction, and spans in it are its parts`() throws {
            let server = try arrivals {
                tracer.withSpan("GET /orders/{id}", ofKind: .server) { span in
                    span.attributes["http.route"] = "/orders/{id}"
                    span.attributes["http.response.status_code"] = 503
                    tracer.withSpan("SELECT 1", ofKind: .client) { $0.attributes["db.system"] = "sqlite" }
                }
            }

            let json = try #require(try server.items("transaction").first).json
            let root = json["contexts"]["trace"]
            #expect(json["transaction"].text == "GET /orders/{id}")
            #expect(json["transaction_info"]["source"].text == "route")
            #expect(root["op"].text == "http.server")
            #expect(root["status"].text == "unavailable")
            #expect(root["origin"].text == "auto.tracing.distributed")
            #expect(root["data"]["http.response.status_code"].number == 503)
            try #require(json["spans"].list.count == 1)
            let part = json["spans"][0]
            #expect(part["op"].text == "db.query")
            #expect(part["description"].text == "SELECT 1")
            #expect(part["data"]["db.system"].text == "sqlite")
            #expect(part["status"].text == "ok")
            #expect(part["parent_span_id"].text == root["span_id"].text)
        }

        @Test func `spans of both kinds may be in each other, and events name the innermost`() throws {
            let server = try arrivals {
                Flycatcher.withTransaction(name: "ours", operation: "task") { _ in
                    tracer.withSpan("theirs") { _ in
                        Flycatcher.capture(message: "in theirs")
                        Flycatcher.withSpan(operation: "ours again") { _ in
                            Flycatcher.capture(message: "in ours")
                            tracer.withSpan("theirs again") { _ in _ = Flycatcher.capture(message: "deep")
                            }
                        }
                    }
                }
            }

            let json = try #require(try server.items("transaction").first).json
            try #require(json["spans"].list.count == 3)
            let (deep, ours, theirs) = (json["spans"][0], json["spans"][1], json["spans"][2])
            #expect(theirs["parent_span_id"].text == json["contexts"]["trace"]["span_id"].text)
            #expect(ours["parent_span_id"].text == theirs["span_id"].text)
            #expect(deep["parent_span_id"].text == ours["span_id"].text)
            let events = try server.items("event").map { $0.json["contexts"]["trace"]["span_id"].text }
            #expect(events == [theirs, ours, deep].map { $0["span_id"].text })
        }

        @Test func `a request's trace is extracted, and injected into what it sets off`() throws {
            let trace = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
            let incoming = [
                "sentry-trace": "\(trace)-1122334455667788-1",
                "baggage": "vendor=x,sentry-trace_id=\(trace),sentry-sampled=true",
            ]
            var outgoing: [String: String] = [:]
            let server = try arrivals {
                var context = InstrumentationContext.topLevel
                tracer.extract(incoming, into: &context, using: Headers())
                tracer.withSpan("GET /", context: context, ofKind: .server) { span in
                    tracer.inject(span.context, into: &outgoing, using: Headers())
                }
            }

            let root = try #require(try server.items("transaction").first).json["contexts"]["trace"]
            #expect(root["trace_id"].text == trace)
            #expect(root["parent_span_id"].text == "1122334455667788")
            #expect(outgoing["sentry-trace"] == "\(trace)-\(root["span_id"].text ?? "")-1")
            let baggage = Baggage(outgoing["baggage"] ?? "")
            #expect(baggage["sentry-trace_id"] == trace)
            #expect(baggage["sentry-sampled"] == "true")
            #expect(baggage["vendor"] == nil)
        }

        @Test func `an error is recorded on its span, and captured if that is wanted`() throws {
            let server = try arrivals {
                for tracer in [tracer, Flycatcher.DistributedTracer(capturesErrors: true)] {
                    #expect(throws: OutOfInk.self) {
                        try tracer.withSpan("print") { _ in throw OutOfInk() }
                    }
                }
            }

            let transactions = try server.items("transaction").map { $0.json["contexts"]["trace"] }
            #expect(transactions.map { $0["status"].text } == ["internal_error", "internal_error"])
            #expect(transactions[0]["data"]["exception.type"].text?.hasSuffix("OutOfInk") == true)
            let events = try server.items("event").map(\.json)
            try #require(events.count == 1)
            #expect(events[0]["contexts"]["trace"]["span_id"].text == transactions[1]["span_id"].text)
        }

        @Test func `the context takes a span to tasks that know nothing of it`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.tracesSampleRate = 1
            }
            let tracer = tracer
            await tracer.withSpan("job") { span in
                let context = span.context
                await Task.detached {
                    await tracer.withSpan("detached", context: context) { _ in await Task.yield() }
                }.value
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            let json = try #require(try server.items("transaction").first).json
            #expect(json["spans"].list.map { $0["description"].text } == ["detached"])
            #expect(json["spans"][0]["parent_span_id"].text == json["contexts"]["trace"]["span_id"].text)
        }
    }
}
