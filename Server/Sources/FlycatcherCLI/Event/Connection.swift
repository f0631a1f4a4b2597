// A TCP connection, for a request and its answer.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection that blocks, with a deadline for each call; it closes when nobody holds it any more.
final class Connection {
    private let descriptor: Int32
    private let name: String

    private static let timeoutSeconds = 10
    /// Answers of Flycatcher are short; whatever sends more is something else.
    private static let maximumAnswerBytes = 64 * 1024

    /// Connects to the first address of a host that answers.
    ///
    /// - Parameter name: what messages call the server.
    init(host: String, port: Int, name: String) throws(SendError) {
        self.name = name
        var hints = addrinfo()
        hints.ai_socktype = SocketKind.stream
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw .unknownHost(host)
        }
        defer { freeaddrinfo(found) }
        var reason = "no address"
        for address in sequence(first: found, next: { $0.pointee.ai_next }) {
            if let descriptor = Self.connected(address.pointee) {
                self.descriptor = descriptor
                return
            }
            reason = Self.lastReason
        }
        throw .unreachable(name, reason: reason)
    }

    deinit {
        close(descriptor)
    }

    func write(_ bytes: [UInt8]) throws(SendError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, SocketKind.quietly)
            }
            guard count > 0 else { throw .unreachable(name, reason: Self.lastReason) }
            rest = rest.dropFirst(count)
        }
    }

    func readToEnd() throws(SendError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < Self.maximumAnswerBytes {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 else { throw .unreachable(name, reason: Self.lastReason) }
            guard count > 0 else { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    private static func connected(_ address: addrinfo) -> Int32? {
        let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { return nil }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Without deadlines it would still work, only wait longer.
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        guard connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            let reason = errno
            close(descriptor)
            errno = reason
            return nil
        }
        return descriptor
    }

    private static var lastReason: String {
        errno == EAGAIN || errno == EINPROGRESS
            ? "no answer in \(timeoutSeconds) s" : String(cString: strerror(errno))
    }
}
