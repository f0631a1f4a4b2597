// Whom the SDK trusts, shown with certificates that are made for the test and a server that really speaks TLS.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite(.enabled(if: Front.isAvailable, Comment(rawValue: Front.absence))) struct Trust {
        let sdk = SDKTests()
        let folder = TemporaryFolder()

        @Test func `a certificate of the authority that the app names is trusted`() throws {
            let (server, losses) = try sent(trusting: "right")

            #expect(try server.events.map { $0["logentry"]["formatted"].text } == ["x"])
            #expect(losses == [:])
        }

        @Test(arguments: ["wrong", nil])
        func `a certificate of another authority is refused, and the event counted as lost`(
            authority: String?
        ) throws {
            let (server, losses) = try sent(trusting: authority)

            #expect(server.requests.isEmpty)
            #expect(losses == [Discards.Key(reason: .networkError, category: .error): 1])
        }

        @Test func `the authority counts behind a proxy too`() throws {
            let proxy = try Front(["tunnel"])

            let (server, losses) = try sent(trusting: "right") {
                $0.httpsProxy = "http://127.0.0.1:\(proxy.port)"
            }

            #expect(proxy.stop() == 1)
            #expect(try server.events.count == 1)
            #expect(losses == [:])
        }

        /// Sends a message to a server whose certificate is of the authority "right".
        private func sent(
            trusting authority: String?, _ configure: (inout Flycatcher.Options) -> Void = { _ in }
        ) throws -> (CaptureServer, losses: [Discards.Key: Int]?) {
            try FileManager.default.createDirectory(
                atPath: folder.path, withIntermediateDirectories: true)
            for name in ["right", "wrong"] { try makeCertificate(name, of: nil) }
            try makeCertificate("server", of: "right")
            let server = try CaptureServer()
            defer { server.stop() }
            let front = try Front(["tls", path("server.pem"), path("server.key"), "\(server.port)"])
            defer { front.stop() }
            Flycatcher.start {
                $0.dsn = "https://pub@127.0.0.1:\(front.port)/42"
                $0.caCertificates = authority.map { path("\($0).pem") }
                $0.attachStacktrace = false
                $0.sendClientReports = false
                configure(&$0)
            }
            Flycatcher.capture(message: "x")
            Flycatcher.flush(timeout: .seconds(20))
            let losses = ActiveClient.current?.discards.drain()
            Flycatcher.close(timeout: .seconds(20))
            return (server, losses)
        }

        /// Makes a key and a certificate for loopback, signed by itself or by an authority.
        private func makeCertificate(_ name: String, of authority: String?) throws {
            let signer = authority.map { ["-CA", path("\($0).pem"), "-CAkey", path("\($0).key")] } ?? []
            let extensions = [
                "subjectAltName=IP:127.0.0.1", "basicConstraints=critical,CA:\(authority == nil)",
            ]
            let status = try Front.run(
                [
                    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes",
                ]
                    + ["-days", "2", "-subj", "/CN=\(name)", "-keyout", path("\(name).key")]
                    + ["-out", path("\(name).pem")] + extensions.flatMap { ["-addext", $0] } + signer)
            try #require(status == 0)
        }

        private func path(_ name: String) -> String {
            "\(folder.path)/\(name)"
        }
    }
}
