// A small HTTP server on loopback that keeps what it is sent.

import Foundation
import Synchronization
import Testing

/// Accepts any POST, remembers it, and answers as it was told to.
final class CaptureServer: Sendable {
    enum Behaviour: Sendable {
        case answer(status: Int, headers: [String: String] = [:])
        /// Reads requests and never answers.
        case hang
    }

    private struct State {
        var behaviour: Behaviour
        var requests: [ReceivedRequest] = []
        var connections: [Int32] = []
    }

    let port: Int
    private let listener: Int32
    private let state: Mutex<State>

    init(_ behaviour: Behaviour = .answer(status: 200)) throws {
        state = Mutex(State(behaviour: behaviour))
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

    var requests: [ReceivedRequest] {
        state.withLock { $0.requests }
    }

    /// The events that arrived, oldest first.
    var events: [JSON] {
        get throws { try requests.map { try $0.event } }
    }

    func dsn(_ project: String = "42", path: String = "") -> String {
        "http://pub@127.0.0.1:\(port)\(path)/\(project)"
    }

    func behave(_ behaviour: Behaviour) {
        state.withLock { $0.behaviour = behaviour }
    }

    /// How many connections are open.
    var connectionCount: Int {
        state.withLock { $0.connections.count }
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
    }

    /// Serves until the listener is shut down, and closes it only then: its number may be given away at once.
    private func acceptConnections() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            state.withLock { $0.connections.append(connection) }
            Thread { [self] in serve(connection) }.start()
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        var bytes: [UInt8] = []
        while let request = ReceivedRequest.next(in: &bytes, from: connection) {
            do { try EnvelopeArchive.keep(request.body) } catch { Issue.record(error) }
            let behaviour = state.withLock { state in
                state.requests.append(request)
                return state.behaviour
            }
            guard case .answer(let status, let headers) = behaviour else { continue }
            let lines = headers.map { "\($0): \($1)\r\n" }.joined()
            let answer = Array("HTTP/1.1 \(status) X\r\n\(lines)Content-Length: 2\r\n\r\n{}".utf8)
            send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
        }
        state.withLock { $0.connections.removeAll { $0 == connection } }
        close(connection)
    }
}
