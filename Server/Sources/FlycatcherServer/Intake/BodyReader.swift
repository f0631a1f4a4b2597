// Reads and unpacks a request's body within its limits, while it arrives.

import Compression
import HTTPTypes
import Hummingbird

/// The body of an ingest request.
enum BodyReader {
    /// Hands on the unpacked body piece by piece.
    ///
    /// - Returns: the bytes that arrived.
    static func read(
        _ request: Request, limit: Int, packedLimit: Int = IntakeLimits.packedBytes,
        into sink: inout some BodySink
    ) async throws -> Int {
        let encoding = try encoding(of: request)
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > packedLimit {
            throw IntakeError.bodyTooLarge(limit: packedLimit)
        }
        do {
            if encoding == .gzip, let length, length <= WholeGzip.packedLimit, WholeGzip.limit <= limit {
                return try await readWhole(request, length, limit: limit, into: &sink)
            }
            return try await readPieces(request, encoding, limit: limit, packedLimit, into: &sink)
        } catch let error as DecompressionError {
            throw IntakeError.badBody(error)
        }
    }

    /// Gathers a body that is known to be small and unpacks it at once.
    private static func readWhole(
        _ request: Request, _ length: Int, limit: Int, into sink: inout some BodySink
    ) async throws -> Int {
        var arrival = ArrivalWatch()
        var hold = BodyHold()
        var body = ByteBuffer()
        for try await chunk in request.body {
            try arrival.note(chunk)
            if body.readableBytes == 0 { body = chunk } else { body.writeImmutableBuffer(chunk) }
            try hold.grow(to: body.readableBytes)
        }
        try body.withUnsafeReadableBytes { packed in
            if try WholeGzip.unpack(packed, { try sink.consume($0) }) != nil { return }
            let decoder = try StreamDecoder(.gzip)
            var unpacked = 0
            try decoder.decode(packed) { try sink.consume($0, counting: &unpacked, limit: limit) }
            try decoder.finish()
        }
        try await sink.pause()
        return arrival.byteCount
    }

    /// Unpacks a body while it arrives.
    private static func readPieces(
        _ request: Request, _ encoding: ContentEncoding, limit: Int, _ packedLimit: Int,
        into sink: inout some BodySink
    ) async throws -> Int {
        let decoder = try StreamDecoder(encoding)
        var arrival = ArrivalWatch(limit: packedLimit)
        var hold = BodyHold()
        var unpacked = 0
        for try await chunk in request.body {
            try arrival.note(chunk)
            try chunk.withUnsafeReadableBytes { raw in
                try decoder.decode(raw) { try sink.consume($0, counting: &unpacked, limit: limit) }
            }
            try hold.grow(to: sink.keptByteCount)
            try await sink.pause()
        }
        try decoder.finish()
        return arrival.byteCount
    }

    private static func encoding(of request: Request) throws(IntakeError) -> ContentEncoding {
        let header = request.headers[.contentEncoding] ?? ""
        guard let encoding = ContentEncoding(header: header) else {
            throw .unknownEncoding(String(header.prefix(32)))
        }
        return encoding
    }
}

/// Watches a body arrive: neither too much of it nor too slowly.
private struct ArrivalWatch {
    var limit = IntakeLimits.packedBytes
    private(set) var byteCount = 0
    private let deadline = monotonicNanoseconds() + IntakeLimits.bodyNanoseconds

    mutating func note(_ chunk: ByteBuffer) throws(IntakeError) {
        // A client that sends nothing is cut off by the connection's timeout, one that drips bytes here.
        guard monotonicNanoseconds() < deadline else { throw .tooSlow }
        byteCount += chunk.readableBytes
        guard byteCount <= limit else {
            throw .bodyTooLarge(limit: limit)
        }
    }
}

/// What takes an unpacked body in.
protocol BodySink {
    mutating func consume(_ piece: Span<UInt8>) throws

    /// Bytes of the body that are in memory now.
    var keptByteCount: Int { get }

    /// Comes after each piece that arrived: what was read so far may be judged here.
    mutating func pause() async throws
}

extension BodySink {
    /// Takes the next piece unless the body then is larger than allowed.
    fileprivate mutating func consume(_ piece: Span<UInt8>, counting byteCount: inout Int, limit: Int) throws
    {
        byteCount += piece.count
        guard byteCount <= limit else { throw IntakeError.bodyTooLarge(limit: limit) }
        try consume(piece)
    }
}

/// A body that is needed whole.
struct WholeBody: BodySink {
    private(set) var bytes: [UInt8] = []

    var keptByteCount: Int { bytes.count }

    mutating func consume(_ piece: Span<UInt8>) {
        piece.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    func pause() {}
}
