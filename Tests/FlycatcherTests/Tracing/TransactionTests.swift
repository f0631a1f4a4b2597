// Transactions and spans on the wire.

import Flycatcher
import FlycatcherWire
import Foundation
import Testing

extension SDKTests {
    @Suite struct Transactions {
        private struct Refused: Error, Equatable {}

        let sdk = SDKTests()

        @Test func `H8: a finished transaction has its moments, spans and sampling context`() throws {
            let transactions = try sdk.transactions {
                $0.release = "shop@1.4.2"
            } _: {
                let options = Flycatcher.TransactionOptions(source: .route, origin: "auto.http.test")
                Flycatcher.withTransaction(
                    name: "GET /orders/:id", operation: "http.server", options: options
                ) { _ in
                    Flycatcher.withSpan(operation: "db.query", description: "SELECT 1") { span in
                        span.setData("db.system", to: "sqlite")
                        span.setTag("pool", to: "main")
                        Flycatcher.withSpan(operation: "serialize") { $0.setStatus(.dataLoss) }
                    }
                }
            }

            let transaction = try #require(transactions.first)
            let json = transaction.json
            #expect(json["type"].text == "transaction")
            #expect(json["transaction"].text == "GET /orders/:id")
            #expect(json["transaction_info"]["source"].text == "route")
            #expect(json["event_id"].text == transaction.header.eventID?.description)
            #expect(json["level"].text == "info")
            let start = try #require(json["start_timestamp"].text.flatMap { Timestamp($0) })
            let end = try #require(json["timestamp"].text.flatMap { Timestamp($0) })
            #expect(start <= end)
            let root = json["contexts"]["trace"]
            #expect(root["op"].text == "http.server")
            #expect(root["status"].text == "ok")
            #expect(root["origin"].text == "auto.http.test")
            #expect(root["client_sample_rate"].number == 1)

            let spans = json["spans"].list
            try #require(spans.count == 2)
            let (inner, outer) = (spans[0], spans[1])
            #expect(outer["op"].text == "db.query")
            #expect(outer["description"].text == "SELECT 1")
            #expect(outer["data"]["db.system"].text == "sqlite")
            #expect(outer["tags"]["pool"].text == "main")
            #expect(outer["status"].text == "ok")
            #expect(outer["origin"].text == "manual")
            #expect(inner["status"].text == "data_loss")
            #expect(inner["parent_span_id"].text == outer["span_id"].text)
            #expect(outer["parent_span_id"].text == root["span_id"].text)
            for span in spans {
                #expect(span["trace_id"].text == root["trace_id"].text)
                #expect(span["span_id"].text?.count == 16)
                let spanStart = try #require(span["start_timestamp"].text.flatMap { Timestamp($0) })
                let spanEnd = try #require(span["timestamp"].text.flatMap { Timestamp($0) })
                #expect(start <= spanStart && spanStart <= spanEnd && spanEnd <= end)
            }

            let trace = transaction.header.trace
            #expect(trace["trace_id"] == root["trace_id"].text)
            #expect(trace["public_key"] == "pub")
            #expect(trace["sample_rate"] == "1.0")
            #expect(trace["sampled"] == "true")
            #expect(trace["release"] == "shop@1.4.2")
            #expect(trace["environment"] == "production")
            #expect(trace["transaction"] == "GET /orders/:id")
            #expect(trace["sample_rand"]?.wholeMatch(of: /0\.[0-9]{6}/) != nil)
        }

        @Test func `a name that is a URL stays out of the sampling context`() throws {
            let transactions = try sdk.transactions {
                Flycatcher.withTransaction(
                    name: "/users/jane", operation: "http.server",
                    options: Flycatcher.TransactionOptions(source: .url)
                ) { _ in }
            }

            #expect(transactions.first?.header.trace["transaction"] == nil)
        }

        @Test func `H12: an error inside a span names that span and the transaction`() throws {
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 1
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    Flycatcher.withSpan(operation: "db.query") { _ in
                        _ = Flycatcher.capture(error: Refused())
                    }
                }
            }

            let event = try #require(try server.items("event").first)
            let transaction = try #require(try server.items("transaction").first)
            let span = transaction.json["spans"][0]
            let context = event.json["contexts"]["trace"]
            #expect(context["span_id"].text == span["span_id"].text)
            #expect(context["trace_id"].text == span["trace_id"].text)
            #expect(context["parent_span_id"].text == span["parent_span_id"].text)
            #expect(context["op"].text == "db.query")
            #expect(event.json["transaction"].text == "job")
            #expect(event.header.trace == transaction.header.trace)
        }

        @Test func `H13: beyond the limit of spans further ones are counted, not kept`() throws {
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 1
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    for _ in 0..<1500 { Flycatcher.withSpan(operation: "step") { _ in } }
                }
            }

            #expect(try server.items("transaction").first?.json["spans"].list.count == 1000)
            #expect(try server.losses("buffer_overflow") == ["span": 500])
        }

        @Test func `an error ends a span and its transaction with a status, and goes on`() throws {
            let transactions = try sdk.transactions {
                #expect(throws: Refused()) {
                    try Flycatcher.withTransaction(name: "job", operation: "task") { _ throws(Refused) in
                        try Flycatcher.withSpan(operation: "step") { _ throws(Refused) in throw Refused() }
                    }
                }
                #expect(throws: CancellationError.self) {
                    try Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                        throw CancellationError()
                    }
                }
            }

            #expect(transactions[0].json["contexts"]["trace"]["status"].text == "internal_error")
            #expect(transactions[0].json["spans"][0]["status"].text == "internal_error")
            #expect(transactions[1].json["contexts"]["trace"]["status"].text == "cancelled")
        }

        @Test(arguments: [
            (200, "ok"), (302, "ok"), (400, "invalid_argument"), (401, "unauthenticated"),
            (403, "permission_denied"), (404, "not_found"), (409, "already_exists"),
            (418, "invalid_argument"),
            (429, "resource_exhausted"), (499, "cancelled"), (500, "internal_error"), (501, "unimplemented"),
            (502, "internal_error"), (503, "unavailable"), (504, "deadline_exceeded"), (700, "unknown"),
        ])
        func `the status of an HTTP answer becomes that of the span`(code: Int, status: String) {
            #expect(Flycatcher.SpanStatus(httpStatus: code).rawValue == status)
        }

        @Test func `what the scopes say goes with the transaction`() throws {
            let transactions = try sdk.transactions {
                Flycatcher.setUser(Flycatcher.User(id: "u-9"))
                Flycatcher.withTransaction(name: "job", operation: "task") { transaction in
                    Flycatcher.setTag("tenant", to: "acme")
                    Flycatcher.setContext("order", to: ["id": 17])
                    transaction.setData("rows", to: 3)
                    transaction.rename("better", source: .task)
                }
            }

            let json = try #require(transactions.first).json
            #expect(json["user"]["id"].text == "u-9")
            #expect(json["tags"]["tenant"].text == "acme")
            #expect(json["contexts"]["order"]["id"].number == 17)
            #expect(json["contexts"]["runtime"]["name"].text == "Swift")
            #expect(json["contexts"]["trace"]["data"]["rows"].number == 3)
            #expect(json["transaction"].text == "better")
            #expect(json["transaction_info"]["source"].text == "task")
        }

        @Test func `spans of asynchronous work and of child tasks belong to their transaction`() async throws
        {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.tracesSampleRate = 1
            }
            await Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            await Flycatcher.withSpan(operation: "step") { _ in await Task.yield() }
                        }
                    }
                }
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            let json = try #require(try server.items("transaction").first).json
            let root = json["contexts"]["trace"]["span_id"].text
            #expect(json["spans"].list.count == 20)
            #expect(json["spans"].list.allSatisfy { $0["parent_span_id"].text == root })
        }

        @Test func `a transaction by hand spans callbacks, and ends once`() throws {
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 1
            } _: {
                let transaction = Flycatcher.startTransaction(name: "callback", operation: "task")
                let span = transaction.startChild(
                    operation: "http.client", description: "GET https://a.example/")
                let open = transaction.startChild(operation: "never")
                span.whileActive { _ = Flycatcher.capture(message: "inside") }
                Flycatcher.capture(message: "outside")
                span.setHTTPStatus(503)
                span.finish()
                transaction.finish(status: .unavailable)
                transaction.finish(status: .ok)
                open.finish()
            }

            let transactions = try server.items("transaction")
            try #require(transactions.count == 1)
            let json = transactions[0].json
            #expect(json["contexts"]["trace"]["status"].text == "unavailable")
            try #require(json["spans"].list.count == 1)
            #expect(json["spans"][0]["status"].text == "unavailable")
            #expect(json["spans"][0]["data"]["http.response.status_code"].number == 503)
            let events = try server.items("event").map { $0.json["contexts"]["trace"]["span_id"].text }
            #expect(events[0] == json["spans"][0]["span_id"].text)
            #expect(events[1] != events[0])
        }

        @Test func `a transaction inside another is part of its trace`() throws {
            let transactions = try sdk.transactions {
                Flycatcher.withTransaction(name: "outer", operation: "task") { _ in
                    Flycatcher.withTransaction(name: "inner", operation: "task") { _ in }
                }
                Flycatcher.withTransaction(name: "next", operation: "task") { _ in }
            }.map { $0.json["contexts"]["trace"] }

            #expect(transactions[0]["parent_span_id"].text == transactions[1]["span_id"].text)
            #expect(transactions[0]["trace_id"].text == transactions[1]["trace_id"].text)
            #expect(transactions[2]["trace_id"].text != transactions[1]["trace_id"].text)
        }

        @Test func `a transaction too large for the wire gives up spans before itself`() throws {
            let server = try sdk.arrivals {
                $0.tracesSampleRate = 1
                $0.compressRequests = false
            } _: {
                Flycatcher.withTransaction(name: "job", operation: "task") { _ in
                    for _ in 0..<200 {
                        Flycatcher.withSpan(
                            operation: "step", description: String(repeating: "x", count: 8000)
                        ) { _ in }
                    }
                }
            }

            let count = try #require(try server.items("transaction").first).json["spans"].list.count
            #expect(count == 100)
            #expect(try server.losses("buffer_overflow") == ["span": 100])
        }

        @Test func `while the SDK or tracing is off a transaction just runs`() throws {
            #expect(Flycatcher.withTransaction(name: "off", operation: "task") { $0.isRecording } == false)
            #expect(Flycatcher.withSpan(operation: "off") { $0.isRecording } == false)
            let server = try sdk.arrivals {
                Flycatcher.withTransaction(name: "job", operation: "task") { transaction in
                    #expect(!transaction.isRecording)
                    Flycatcher.withSpan(operation: "step") { #expect(!$0.isRecording) }
                    _ = Flycatcher.capture(message: "x")
                }
            }

            #expect(try server.items("transaction").isEmpty)
            #expect(try server.items("event").first?.json["transaction"].text == "job")
            #expect(try server.items("client_report").isEmpty)
        }
    }
}
