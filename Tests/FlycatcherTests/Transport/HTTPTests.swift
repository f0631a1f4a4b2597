// What a request looks like, and where it goes.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Posting {
        let sdk = SDKTests()

        @Test(arguments: [
            ("http://pub@HOST/42", "/api/42/envelope/"), ("http://pub@HOST/a/b/42", "/a/b/api/42/envelope/"),
            ("http://pub@HOST/abc", "/api/abc/envelope/"), ("http://pub@HOST/007", "/api/007/envelope/"),
        ])
        func `an event goes to the endpoint of its project`(dsn: String, path: String) throws {
            let request = try request { $0.dsn = dsn.replacingOccurrences(of: "HOST", with: $1) }

            #expect(request.line == "POST \(path) HTTP/1.1")
            #expect(request.headers["x-sentry-auth"]?.contains("sentry_key=pub") == true)
        }

        @Test func `a secret is sent only because it was given`() throws {
            let plain = try request { $0.dsn = "http://pub@\($1)/42" }
            let secret = try request { $0.dsn = "http://pub:hidden@\($1)/42" }

            #expect(plain.headers["x-sentry-auth"]?.contains("sentry_secret") == false)
            #expect(secret.headers["x-sentry-auth"]?.contains("sentry_secret=hidden") == true)
        }

        @Test func `the address of a server keeps its brackets and port`() throws {
            let request = try request {
                $0.dsn = "http://pub@[::1]:9999/42"
                $0.httpProxy = "http://\($1)"
            }

            #expect(request.line == "POST http://[::1]:9999/api/42/envelope/ HTTP/1.1")
            #expect(request.headers["host"] == "[::1]:9999")
        }

        @Test func `a request introduces the SDK, and says nothing about the machine`() throws {
            let request = try request { $0.dsn = "http://pub@\($1)/42" }

            #expect(
                request.headers["x-sentry-auth"]
                    == "Sentry sentry_version=7, sentry_key=pub, sentry_client=\(SDKIdentity.userAgent)")
            #expect(request.headers["user-agent"] == SDKIdentity.userAgent)
            #expect(request.headers["content-type"] == "application/x-sentry-envelope")
            let known: Set = ["host", "accept", "content-length", "content-encoding"]
            let more = Set(request.headers.keys).subtracting(known)
            #expect(more == ["x-sentry-auth", "user-agent", "content-type"])
        }

        @Test func `a large body is packed, a small one is not, and none if the app does not want it`() throws
        {
            let text = String(repeating: "large äöü ", count: 500)
            let large = try request(text) { $0.dsn = "http://pub@\($1)/42" }
            let plain = try request(text) {
                $0.dsn = "http://pub@\($1)/42"
                $0.compressRequests = false
            }

            #expect(large.headers["content-encoding"] == "gzip")
            #expect(large.rawBody.count * 3 < plain.rawBody.count)
            #expect(plain.headers["content-encoding"] == nil)
            for request in [large, plain] {
                #expect(try request.event["logentry"]["formatted"].text == text)
            }
        }

        @Test func `an envelope has headers, exact lengths and one moment of sending`() throws {
            let body = try request("ä😀") { $0.dsn = "http://pub@\($1)/42" }.body
            let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let (header, item) = (try JSON(Array(lines[0])), try JSON(Array(lines[1])))

            #expect(!body.contains(UInt8(ascii: "\r")))
            #expect(header["sent_at"].text.flatMap { Timestamp($0) } != nil)
            #expect(header["dsn"].text?.hasPrefix("http://pub@127.0.0.1") == true)
            #expect(header["sdk"]["name"].text == SDKIdentity.name)
            #expect(item["length"].number == Double(lines[2].count))
            let text = String(decoding: body, as: UTF8.self)
            #expect(text.components(separatedBy: "\"sent_at\"").count == 2)
        }

        @Test func `one connection is kept open`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                for _ in 0..<50 { Flycatcher.capture(message: "x") }
            }

            #expect(server.requests.count == 50)
            #expect(server.acceptedCount == 1)
        }

        @Test func `a connection that the server has dropped is made anew`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                for number in 0..<3 {
                    Flycatcher.capture(message: "\(number)")
                    Flycatcher.flush(timeout: .seconds(10))
                    server.dropConnections()
                }
            }

            #expect(try server.events.count == 3)
            #expect(server.acceptedCount >= 3)
        }

        @Test func `a proxy is used when the option or the environment names one`() throws {
            let byOption = try request {
                $0.dsn = "http://pub@errors.invalid/42"
                $0.httpProxy = "http://\($1)"
            }
            #expect(byOption.line == "POST http://errors.invalid/api/42/envelope/ HTTP/1.1")

            for name in ["http_proxy", "HTTP_PROXY"] {
                defer { unsetenv(name) }
                let byVariable = try request {
                    $0.dsn = "http://pub@errors.invalid/42"
                    setenv(name, "http://\($1)", 1)
                }
                #expect(byVariable.line == byOption.line)
            }
        }

        @Test func `a proxy is asked for a tunnel to an https server`() throws {
            let proxy = try CaptureServer(.answer(status: 403))
            defer { proxy.stop() }
            Flycatcher.start {
                $0.dsn = "https://pub@errors.invalid/42"
                $0.httpsProxy = "http://127.0.0.1:\(proxy.port)"
            }
            Flycatcher.capture(message: "x")
            Flycatcher.close(timeout: .seconds(10))

            #expect(proxy.requests.first?.line == "CONNECT errors.invalid:443 HTTP/1.1")
        }

        @Test func `servers that NO_PROXY names are reached without one`() throws {
            setenv("NO_PROXY", "127.0.0.1", 1)
            defer { unsetenv("NO_PROXY") }
            let request = try request {
                $0.dsn = "http://pub@\($1)/42"
                $0.httpProxy = "http://127.0.0.1:1"
            }

            #expect(request.line == "POST /api/42/envelope/ HTTP/1.1")
        }

        @Test func `certificates that can't be read keep the SDK off`() {
            Flycatcher.start {
                $0.dsn = "https://pub@localhost/42"
                $0.caCertificates = "/nowhere/certificates.pem"
            }

            #expect(!Flycatcher.isEnabled)
        }

        /// The request by which a message comes to a server, of which the options learn the address.
        private func request(
            _ text: String = "x", _ configure: (inout Flycatcher.Options, String) -> Void
        ) throws -> ReceivedRequest {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.attachStacktrace = false
                configure(&$0, "127.0.0.1:\(server.port)")
            }
            Flycatcher.capture(message: text)
            Flycatcher.close(timeout: .seconds(10))
            return try #require(server.requests.first)
        }
    }
}
