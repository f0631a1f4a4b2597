// Proves that errors of well-known packages are readable in events, without a line of code from the app.

import ArgumentParser
import AsyncHTTPClient
import Flycatcher
import FlycatcherWire
import Foundation
import GRDB
import NIOCore
import NIOPosix
import Testing

extension SDKTests.Doors {
    @Suite struct ThirdPartyErrors {
        /// The exceptions of an error as they are sent, the root cause first.
        private func exceptions(_ error: any Error) throws -> [Sent] {
            let transport = Flycatcher.RecordingTransport()
            Flycatcher.start { $0.transport = transport }
            Flycatcher.capture(error: error)
            Flycatcher.close(timeout: .seconds(20))
            let item = transport.envelopes.flatMap(\.items).first { $0.header.type == "event" }
            guard case .kept(let payload) = try #require(item).payload else { return [] }
            return try JSONDecoder().decode(Event.self, from: Data(payload)).exception.values
        }

        /// The error itself as it is sent.
        private func exception(_ error: any Error) throws -> Sent {
            try #require(try exceptions(error).last)
        }

        @Test func `a refused connection of NIO says its number and name`() async throws {
            let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            let port = try await closedPort()
            let error = await #expect(throws: (any Error).self) {
                try await bootstrap.connect(host: "127.0.0.1", port: port).get()
            }

            let sent = try exceptions(try #require(error))

            let outer = try #require(sent.last)
            #expect(outer.type == "NIOConnectionError")
            #expect(outer.module == "NIOPosix")
            let cause = try #require(sent.first)
            #expect(cause.type == "IOError")
            #expect(cause.module == "NIOCore")
            #expect(cause.value?.contains("Connection refused") == true)
            #expect(cause.mechanism.meta?.errno?.number == Int(ECONNREFUSED))
            #expect(cause.mechanism.meta?.errno?.name == "ECONNREFUSED")
            #expect(cause.mechanism.source == "connectionErrors[0]")
        }

        @Test(
            arguments: [
                (ChannelError.connectTimeout(.seconds(3)), "ChannelError"),
                (ChannelError.ioOnClosedChannel, "ChannelError"),
                (EventLoopError.shutdown, "EventLoopError"),
            ] as [(any Error, String)])
        func `errors of channels say their case`(error: any Error, type: String) throws {
            let sent = try exception(error)

            #expect(sent.type == type)
            #expect(sent.module == "NIOCore")
            #expect(sent.value?.isEmpty == false)
        }

        @Test func `a broken constraint of GRDB says code, message and statement, not the values`() throws {
            let database = try DatabaseQueue()
            let error = #expect(throws: DatabaseError.self) {
                try database.write { db in
                    try db.execute(sql: "CREATE TABLE item (name TEXT UNIQUE)")
                    for _ in 0..<2 {
                        try db.execute(sql: "INSERT INTO item VALUES (?)", arguments: ["a secret"])
                    }
                }
            }

            let sent = try exception(try #require(error))

            #expect(sent.type == "DatabaseError")
            #expect(sent.module == "GRDB")
            #expect(sent.value?.contains("UNIQUE constraint failed: item.name") == true)
            #expect(sent.value?.contains("a secret") == false)
            #expect(sent.mechanism.meta?.ns_error?.code == 2067)
        }

        @Test func `what a command line refuses is readable`() throws {
            let validation = try exception(ValidationError("the port must be below 65536"))
            let exit = try exception(ExitCode(3))
            let clean = try exception(CleanExit.message("nothing to do"))

            #expect(validation.type == "ValidationError")
            #expect(validation.value == "the port must be below 65536")
            #expect(exit.type == "ExitCode")
            #expect(exit.value?.contains("3") == true)
            #expect(clean.type == "CleanExit")
            #expect(clean.value == "nothing to do")
            #expect(
                [validation, exit, clean].map(\.module) == [
                    "ArgumentParser", "ArgumentParser", "ArgumentParser",
                ])
        }

        @Test func `an unknown option is named`() throws {
            let error = #expect(throws: (any Error).self) { try Tool.parse(["--colour"]) }

            let sent = try exceptions(try #require(error))

            #expect(sent.contains { $0.value?.contains("colour") == true })
        }

        @Test func `an error of AsyncHTTPClient says which it is`() throws {
            let deadline = try exception(HTTPClientError.deadlineExceeded)
            let scheme = try exception(HTTPClientError.unsupportedScheme("gopher"))

            #expect(deadline.type == "HTTPClientError")
            #expect(deadline.module == "AsyncHTTPClient")
            #expect(deadline.value == "HTTPClientError.deadlineExceeded")
            #expect(scheme.type == "HTTPClientError")
            #expect(scheme.value == #"HTTPClientError.unsupportedScheme("gopher")"#)
        }

        /// A port on which nobody listens.
        private func closedPort() async throws -> Int {
            let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            let port = try #require(channel.localAddress?.port)
            try await channel.close()
            return port
        }
    }
}

private struct Tool: ParsableCommand {
    @Flag var color = false
}

private struct Event: Decodable {
    struct Exceptions: Decodable {
        var values: [Sent]
    }
    var exception: Exceptions
}

private struct Sent: Decodable {
    struct Mechanism: Decodable {
        struct Meta: Decodable {
            struct Code: Decodable {
                var number: Int?
                var name: String?
                var code: Int?
            }
            var errno: Code?
            var ns_error: Code?
        }
        var meta: Meta?
        var source: String?
    }
    var type: String
    var value: String?
    var module: String?
    var mechanism: Mechanism
}
