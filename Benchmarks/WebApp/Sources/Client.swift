// Asks one question after the other on one connection, on the thread that calls it.

import CAllocations
import Foundation

/// A client whose own processor time is known, and can be taken off.
struct Client {
    private static let request = Array(
        "GET /orders/17 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n".utf8)

    private let connection: Int32

    /// Connects to a server on loopback.
    init(port: Int) throws {
        connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connection = connection
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    /// The processor time that the process spends on a request, without that of the client, in microseconds.
    func cost(of count: Int) throws -> Double {
        defer { close(connection) }
        for _ in 0..<100 { try ask() }
        let before = ProcessorTime.ofOthers
        for _ in 0..<count { try ask() }
        return (ProcessorTime.ofOthers - before) / Double(count)
    }

    /// How often the process asks for memory for a request, without the client.
    func allocations(of count: Int) throws -> Double {
        defer { close(connection) }
        for _ in 0..<100 { try ask() }
        callocations_watch_all(true)
        defer { callocations_watch_all(false) }
        let before = Self.othersAllocations
        for _ in 0..<count { try ask() }
        return Double(Self.othersAllocations - before) / Double(count)
    }

    private static var othersAllocations: Int {
        Int(callocations_count_of_all()) - Int(callocations_count())
    }

    private func ask() throws {
        guard send(connection, Self.request, Self.request.count, 0) == Self.request.count else {
            throw POSIXError(.EPIPE)
        }
        // The answer is far smaller than a segment, so it comes whole.
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = recv(connection, &answer, answer.count, 0)
        guard count > 12, answer.starts(with: Array("HTTP/1.1 200".utf8)) else {
            throw POSIXError(.EBADMSG)
        }
    }
}
