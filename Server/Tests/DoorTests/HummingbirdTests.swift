// Proves what a real Hummingbird app reports through the middleware.

import AsyncHTTPClient
import Flycatcher
import FlycatcherHummingbird
import FlycatcherLogging
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Testing

extension SDKTests.Doors {
    @Suite struct WebApp {
        private struct Broken: Error {}

        private func router() -> Router<BasicRequestContext> {
            let router = Router()
            router.add(middleware: Flycatcher.HummingbirdMiddleware())
            router.get("users/:id") { _, context -> String in
                Flycatcher.setTag("user", to: context.parameters.get("id") ?? "none")
                await Task.yield()
                throw Broken()
            }
            router.get("gone") { _, _ -> String in throw HTTPError(.notFound) }
            router.get("bad") { _, _ -> HTTPResponse.Status in throw HTTPError(.badGateway) }
            router.get("fine") { _, _ in "fine" }
            router.get("noisy") { _, _ -> String in
                let error: any Error = Broken()
                Logger(label: "noisy") { Flycatcher.LogHandler(label: $0) }.error("broken", error: error)
                Flycatcher.capture(error: error)
                throw error
            }
            return router
        }

        /// Runs the app with the SDK on while `body` talks to it at a port, and gives what the capture server got.
        private func reported(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in },
            _ body: @Sendable @escaping (Int) async throws -> Void
        ) async throws -> CaptureServer {
            let server = try CaptureServer()
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
                configure(&$0)
            }
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let app = Application(
                router: router(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: .silent)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await app.run() }
                for await port in ports {
                    try await body(port)
                    break
                }
                group.cancelAll()
            }
            Flycatcher.close(timeout: .seconds(10))
            server.stop()
            return server
        }

        /// Asks, and gives the status of the answer.
        @discardableResult
        private static func get(
            _ port: Int, _ path: String, _ headers: HTTPHeaders = [:]
        ) async throws -> UInt {
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
            request.headers = headers
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            _ = try await response.body.collect(upTo: 1 << 20)
            return response.status.code
        }

        @Test
        func `an error that no one handles is reported with route and request, and answered as before`()
            async throws
        {
            let server = try await reported { port in
                let status1 = try await Self.get(
                    port, "/users/17?page=2&token=hush",
                    ["Authorization": "Bearer hush", "X-Kind": "test"])
                #expect(status1 == 500)
            }

            let event = try #require(try server.events.first)
            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text?.hasSuffix("Broken") == true)
            #expect(exception["mechanism"]["type"].text == "auto.http.hummingbird")
            #expect(exception["mechanism"]["handled"].bool == false)
            #expect(event["transaction"].text == "GET /users/{id}")
            #expect(event["tags"]["user"].text == "17")
            #expect(event["request"]["method"].text == "GET")
            #expect(event["request"]["url"].text?.hasSuffix("/users/17") == true)
            #expect(event["request"]["query_string"].text == "page=2&token=[Filtered]")
            let headers = event["request"]["headers"]
            #expect(headers["X-Kind"].text == "test" || headers["x-kind"].text == "test")
            #expect(!headers.description.contains("hush"))
        }

        @Test func `errors that are answered with a status below 500 are not reported, others are`()
            async throws
        {
            let server = try await reported { port in
                let status2 = try await Self.get(port, "/gone")
                #expect(status2 == 404)
                let status3 = try await Self.get(port, "/bad")
                #expect(status3 == 502)
                let status4 = try await Self.get(port, "/nowhere")
                #expect(status4 == 404)
            }

            #expect(try server.events.map { $0["transaction"].text } == ["GET /bad"])
        }

        @Test func `requests at once have scopes of their own`() async throws {
            let server = try await reported { port in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...20 {
                        group.addTask { try await Self.get(port, "/users/\(number)") }
                    }
                    try await group.waitForAll()
                }
            }

            let events = try server.events
            #expect(events.count == 20)
            for event in events {
                let id = try #require(event["tags"]["user"].text)
                #expect(event["request"]["url"].text?.hasSuffix("/users/\(id)") == true)
            }
        }

        @Test func `a request is a transaction by its route, in the trace of its caller`() async throws {
            let trace = String(repeating: "ab", count: 16)
            let server = try await reported {
                $0.tracesSampleRate = 1
            } _: { port in
                try await Self.get(port, "/fine", ["sentry-trace": "\(trace)-1234567890abcdef-1"])
                try await Self.get(port, "/users/3")
            }

            let transactions = try server.payloads(of: "transaction")
            #expect(transactions.map { $0["transaction"].text } == ["GET /fine", "GET /users/{id}"])
            #expect(transactions.map { $0["transaction_info"]["source"].text } == ["route", "route"])
            let context = transactions[0]["contexts"]["trace"]
            #expect(context["trace_id"].text == trace)
            #expect(context["parent_span_id"].text == "1234567890abcdef")
            #expect(context["op"].text == "http.server")
            #expect(context["origin"].text == "auto.http.hummingbird")
            #expect(
                transactions.map { $0["contexts"]["trace"]["status"].text } == ["ok", "internal_error"])
            #expect(context["data"]["http.response.status_code"].number == 200)
        }

        @Test func `each request is a session of the release's health`() async throws {
            let server = try await reported {
                $0.release = "shop@1"
            } _: { port in
                for path in ["/fine", "/fine", "/gone", "/users/1"] { try await Self.get(port, path) }
            }

            let buckets = try server.payloads(of: "sessions").flatMap { $0["aggregates"].list }
            #expect(buckets.reduce(0) { $0 + ($1["exited"].number ?? 0) } == 3)
            #expect(buckets.reduce(0) { $0 + ($1["crashed"].number ?? 0) } == 1)
        }

        @Test func `one error through a log line, user code and the middleware is one event`()
            async throws
        {
            let gate = Gate()
            let server = try await reported {
                $0.release = "shop@1"
                $0.eventProcessors = [
                    { event, _ in
                        gate.pass(); return event
                    }
                ]
            } _: { port in
                Flycatcher.capture(message: "holds the worker up")
                let status5 = try await Self.get(port, "/noisy")
                #expect(status5 == 500)
                gate.open()
            }

            let events = try server.events.filter { !$0["exception"].isAbsent }
            #expect(events.count == 1)
            let mechanism = events[0]["exception"]["values"][0]["mechanism"]
            #expect(mechanism["type"].text == "auto.log.swift_log")
            #expect(mechanism["handled"].bool == false)
        }

        @Test func `while the SDK is off the app answers as ever`() async throws {
            let server = try await reported {
                $0.enabled = false
            } _: { port in
                let status6 = try await Self.get(port, "/fine")
                #expect(status6 == 200)
                let status7 = try await Self.get(port, "/users/1")
                #expect(status7 == 500)
            }

            #expect(server.requests.isEmpty)
        }
    }
}
