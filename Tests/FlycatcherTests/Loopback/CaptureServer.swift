// A small HTTP server on loopback that keeps what it is sent.

import Foundation
import Synchronization
import Testing

/// Accepts any POST, remembers it, and answers as it was told to.
final class CaptureServer: Sendable {
    enum Behaviour: Sendable {
        case answer(status: Int, headers: [String: String] = [:])
        /// Answers 200, but only when the test releases it.
        case hold
        /// Reads requests and never answers.
        case hang
        /// Sends these bytes, whatever they are, and ends the connection.
        case raw(String)
    }

    private struct State {
        /// What comes first, one request each.
        var script: [Behaviour] = []
        /// What comes after the script.
        var behaviour: Behaviour
        var requests: [ReceivedRequest] = []
        var connections: [Int32] = []
        var acceptedCount = 0
    }

    let port: Int
    private let listener: Int32
    private let state: Mutex<State>
    private let released = DispatchSemaphore(value: 0)

    /// Listens on a port of the system's choice.
    ///
    /// - Parameters:
    ///   - script: how the first requests are treated, one after the other.
    ///   - behaviour: how all further ones are.
    /// - Throws: when the system gives no port.
    init(_ script: [Behaviour] = [], then behaviour: Behaviour = .answer(status: 200)) throws {
        state = Mutex(State(script: script, behaviour: behaviour))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) | listen(listener, 64)
                    | getsockname(listener, address, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [self] in acceptConnections() }.start()
    }

    /// Treats all requests alike.
    convenience init(_ behaviour: Behaviour) throws {
        try self.init([], then: behaviour)
    }

    var requests: [ReceivedRequest] {
        state.withLock { $0.requests }
    }

    /// The events that arrived, oldest first.
    var events: [JSON] {
        get throws { try payloads(of: "event") }
    }

    /// All losses that were reported, as `reason category` and their sum.
    var losses: [String: Int] {
        get throws {
            let entries = try payloads(of: "client_report").flatMap { $0["discarded_events"].list }
            return entries.reduce(into: [:]) { sums, entry in
                let key = "\(entry["reason"].text ?? "?") \(entry["category"].text ?? "?")"
                sums[key, default: 0] += Int(entry["quantity"].number ?? 0)
            }
        }
    }

    /// The payloads of all items of a type that arrived, oldest first.
    func payloads(of type: String) throws -> [JSON] {
        try requests.flatMap { try $0.envelope.payloads(of: type) }
    }

    func dsn(_ project: String = "42", path: String = "") -> String {
        "http://pub@127.0.0.1:\(port)\(path)/\(project)"
    }

    func behave(_ behaviour: Behaviour) {
        state.withLock { state in
            state.script = []
            state.behaviour = behaviour
        }
    }

    /// Lets one request, that is held or will be, have its answer.
    func release() {
        released.signal()
    }

    /// How many connections there have been.
    var acceptedCount: Int {
        state.withLock { $0.acceptedCount }
    }

    /// Ends all connections; new ones are still accepted.
    func dropConnections() {
        state.withLock { state in
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    /// Lets go of everything; clients that still wait see their connection end.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        dropConnections()
        for _ in 0..<64 { released.signal() }
    }

    /// Serves until the listener is shut down, and closes it only then: its number may be given away at once.
    private func acceptConnections() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            state.withLock { state in
                state.connections.append(connection)
                state.acceptedCount += 1
            }
            Thread { [self] in serve(connection) }.start()
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        var bytes: [UInt8] = []
        while let request = ReceivedRequest.next(in: &bytes, from: connection) {
            do { try EnvelopeArchive.keep(request) } catch { Issue.record(error) }
            let behaviour = state.withLock { state in
                state.requests.append(request)
                return state.script.isEmpty ? state.behaviour : state.script.removeFirst()
            }
            guard follow(behaviour, on: connection) else { break }
        }
        state.withLock { $0.connections.removeAll { $0 == connection } }
        close(connection)
    }

    /// Treats a request.
    ///
    /// - Returns: whether the connection goes on.
    private func follow(_ behaviour: Behaviour, on connection: Int32) -> Bool {
        switch behaviour {
        case .answer(let status, let headers): answer(status, headers, on: connection)
        case .hold:
            released.wait()
            answer(200, [:], on: connection)
        case .hang: break
        case .raw(let text):
            write(text, on: connection)
            return false
        }
        return true
    }

    private func answer(_ status: Int, _ headers: [String: String], on connection: Int32) {
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        write("HTTP/1.1 \(status) X\r\n\(lines)Content-Length: 2\r\n\r\n{}", on: connection)
    }

    private func write(_ text: String, on connection: Int32) {
        let bytes = Array(text.utf8)
        send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
