// Proves what the requests that an app makes with AsyncHTTPClient leave behind.

import AsyncHTTPClient
import Flycatcher
import FlycatcherAsyncHTTPClient
import NIOCore
import NIOHTTP1
import Testing

extension SDKTests.Doors {
    @Suite struct HTTPRequests {
        /// Runs `body`, which asks a server whose answers have the given statuses, and gives what was reported.
        private func reported(
            statuses: [Int], _ configure: (inout Flycatcher.Options) -> Void = { _ in },
            _ body: (CaptureServer) async throws -> Void
        ) async throws -> (reports: CaptureServer, asked: CaptureServer) {
            let reports = try CaptureServer()
            let asked = try CaptureServer(statuses.map { .answer(status: $0) })
            Flycatcher.start {
                $0.dsn = reports.dsn()
                $0.attachStacktrace = false
                configure(&$0)
            }
            Flycatcher.configureScope { $0.clear() }
            try await body(asked)
            Flycatcher.capture(message: "end")
            Flycatcher.close(timeout: .seconds(10))
            for server in [reports, asked] { server.stop() }
            return (reports, asked)
        }

        private static func post(
            _ url: String, headers: HTTPHeaders = [:]
        ) async throws -> HTTPClientResponse {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers = headers
            request.body = .bytes(ByteBuffer(string: "{}"))
            return try await HTTPClient.shared.watched.execute(request, timeout: .seconds(10))
        }

        @Test
        func
            `outgoing HTTP leaves a breadcrumb with url, method and status, whose level is that of the status`()
            async throws
        {
            let (reports, _) = try await reported(statuses: [200, 302, 404, 503]) { asked in
                for _ in 1...4 {
                    _ = try await Self.post("http://127.0.0.1:\(asked.port)/pay?amount=3&token=hush")
                }
            }

            let crumbs = try #require(try reports.events.last)["breadcrumbs"]["values"].list
            #expect(crumbs.map { $0["level"].text } == ["info", "info", "warning", "error"])
            #expect(crumbs.map { $0["data"]["status_code"].number } == [200, 302, 404, 503])
            #expect(crumbs.allSatisfy { $0["type"].text == "http" && $0["category"].text == "http" })
            #expect(crumbs[0]["data"]["method"].text == "POST")
            #expect(crumbs[0]["data"]["url"].text?.hasSuffix("/pay") == true)
            #expect(crumbs[0]["data"]["http.query"].text == "amount=3&token=[Filtered]")
        }

        @Test func `a request without an answer leaves a breadcrumb of level error, and throws on`()
            async throws
        {
            let (reports, _) = try await reported(statuses: []) { asked in
                asked.stop()
                await #expect(throws: (any Error).self) {
                    _ = try await Self.post("http://127.0.0.1:1/pay")
                }
            }

            let crumb = try #require(try reports.events.last)["breadcrumbs"]["values"][0]
            #expect(crumb["level"].text == "error")
            #expect(crumb["data"]["reason"].text?.isEmpty == false)
        }

        @Test
        func `credentials in a URL are removed from breadcrumbs and spans, and the query is kept apart`()
            async throws
        {
            let (reports, _) = try await reported(statuses: [200]) {
                $0.tracesSampleRate = 1
            } _: { asked in
                try await Flycatcher.withTransaction(name: "t", operation: "task") { _ in
                    _ = try await Self.post("http://ada:hush@127.0.0.1:\(asked.port)/pay?a=1")
                }
            }

            let crumb = try #require(try reports.events.last)["breadcrumbs"]["values"][0]
            let span = try #require(try reports.payloads(of: "transaction").first)["spans"][0]
            #expect(
                crumb["data"]["url"].text?.hasPrefix("http://[Filtered]:[Filtered]@127.0.0.1:") == true)
            #expect(!crumb.description.contains("hush") && !span.description.contains("hush"))
            #expect(span["description"].text?.hasSuffix("/pay") == true)
            #expect(span["data"]["http.query"].text == "a=1")
        }

        @Test func `a request is a span of the transaction, whose trace it carries along`() async throws {
            let (reports, asked) = try await reported(statuses: [201]) {
                $0.tracesSampleRate = 1
            } _: { asked in
                try await Flycatcher.withTransaction(name: "t", operation: "task") { _ in
                    _ = try await Self.post(
                        "http://127.0.0.1:\(asked.port)/pay", headers: ["baggage": "other=1"])
                }
            }

            let transaction = try #require(try reports.payloads(of: "transaction").first)
            let span = transaction["spans"][0]
            #expect(span["op"].text == "http.client")
            #expect(span["origin"].text == "auto.http.async_http_client")
            #expect(span["status"].text == "ok")
            #expect(span["data"]["http.request.method"].text == "POST")
            #expect(span["data"]["http.response.status_code"].number == 201)
            #expect(span["data"]["server.port"].number == Double(asked.port))
            let headers = try #require(asked.requests.first).headers
            let ids = [span["trace_id"].text, span["span_id"].text].compactMap(\.self).joined(
                separator: "-")
            #expect(headers["sentry-trace"] == "\(ids)-1")
            #expect(headers["baggage"]?.contains("other=1") == true)
            #expect(headers["baggage"]?.contains("sentry-trace_id=") == true)
        }

        @Test func `only targets of propagation get the headers`() async throws {
            let (_, asked) = try await reported(statuses: [200]) {
                $0.tracePropagationTargets = ["api.local"]
            } _: { asked in
                _ = try await Self.post("http://127.0.0.1:\(asked.port)/pay")
            }

            #expect(asked.requests.first?.headers["sentry-trace"] == nil)
        }

        @Test func `requests to the server that events are sent to are left alone`() async throws {
            let server = try CaptureServer()
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            Flycatcher.configureScope { $0.clear() }
            _ = try await Self.post("http://127.0.0.1:\(server.port)/api/42/envelope/")
            let own = try #require(server.requests.first)
            #expect(own.headers["sentry-trace"] == nil)
            let recording = Flycatcher.RecordingTransport()
            Flycatcher.close()
            server.stop()
            #expect(recording.envelopes.isEmpty)
        }

        @Test func `failures are events if the app wants that, those that it names`() async throws {
            let (reports, _) = try await reported(statuses: [404, 503]) {
                $0.captureFailedRequests = true
            } _: { asked in
                for _ in 1...2 { _ = try await Self.post("http://127.0.0.1:\(asked.port)/pay?a=1") }
            }

            let events = try reports.events.filter { !$0["exception"].isAbsent }
            #expect(events.count == 1)
            let exception = events[0]["exception"]["values"][0]
            #expect(exception["value"].text == "HTTP Client Error with status code: 503")
            #expect(exception["mechanism"]["type"].text == "auto.http.async_http_client")
            #expect(events[0]["contexts"]["response"]["status_code"].number == 503)
            #expect(events[0]["request"]["url"].text?.hasSuffix("/pay") == true)
            #expect(events[0]["request"]["query_string"].text == "a=1")
        }
    }
}
