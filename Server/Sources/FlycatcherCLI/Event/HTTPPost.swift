// One HTTP request over a connection of its own.

import FlycatcherServer
import FlycatcherWire

/// An envelope on its way to a server.
struct HTTPPost {
    /// What came back.
    struct Reply: Equatable {
        let status: Int
        /// The beginning of the body, on one line.
        let body: String
    }

    private let dsn: DSN
    private let body: [UInt8]

    /// - Throws: ``SendError/onlyHTTP``.
    init(to dsn: DSN, body: [UInt8]) throws(SendError) {
        guard dsn.scheme == "http" else { throw .onlyHTTP }
        self.dsn = dsn
        self.body = body
    }

    /// Sends it and waits for the answer.
    func send() throws(SendError) -> Reply {
        let host = dsn.host.filter { $0 != "[" && $0 != "]" }
        let connection = try Connection(host: host, port: dsn.port ?? 80, name: dsn.baseURL)
        try connection.write(Array(head.utf8) + body)
        guard let reply = Reply(try connection.readToEnd()) else { throw .noAnswer(dsn.baseURL) }
        return reply
    }

    private var head: String {
        let client = "flycatcher-cli/\(FlycatcherVersion.current)"
        let lines = [
            "POST \(dsn.path)/api/\(dsn.projectID)/envelope/ HTTP/1.1",
            "Host: \(dsn.host)\(dsn.port.map { ":\($0)" } ?? "")",
            "User-Agent: \(client)",
            "Content-Type: application/x-sentry-envelope",
            "X-Sentry-Auth: \(SentryAuth(publicKey: dsn.publicKey, client: client).headerValue)",
            "Content-Length: \(body.count)",
            "Connection: close",
        ]
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }
}

extension HTTPPost.Reply {
    /// Reads an HTTP/1.1 answer; nil for anything else.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.prefix(64).split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1].prefix(3)) else {
            return nil
        }
        self.status = status
        let body = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            .dropFirst().first
        self.body = String((body ?? "").prefix(500).map { $0.isNewline ? " " : $0 })
    }
}
