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
        _ request: Request, limit: Int, into sink: inout some BodySink
    ) async throws -> Int {
        let decoder = try StreamDecoder(encoding(of: request))
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > IntakeLimits.packedBytes
        {
            throw IntakeError.bodyTooLarge(limit: IntakeLimits.packedBytes)
        }
        let deadline = monotonicNanoseconds() + IntakeLimits.bodyNanoseconds
        var arrived = 0
        var unpacked = 0
        do {
            for try await chunk in request.body {
                // A client that sends nothing is cut off by the connection's timeout, one that drips bytes here.
                guard monotonicNanoseconds() < deadline else { throw IntakeError.tooSlow }
                arrived += chunk.readableBytes
                guard arrived <= IntakeLimits.packedBytes else {
                    throw IntakeError.bodyTooLarge(limit: IntakeLimits.packedBytes)
                }
                try chunk.withUnsafeReadableBytes { raw in
                    try decoder.decode(raw) { piece in
                        unpacked += piece.count
                        guard unpacked <= limit else { throw IntakeError.bodyTooLarge(limit: limit) }
                        try sink.consume(piece)
                    }
                }
                try await sink.pause()
            }
            try decoder.finish()
        } catch let error as DecompressionError {
            throw IntakeError.badBody(error)
        }
        return arrived
    }

    private static func encoding(of request: Request) throws(IntakeError) -> ContentEncoding {
        let header = request.headers[.contentEncoding] ?? ""
        guard let encoding = ContentEncoding(header: header) else {
            throw .unknownEncoding(String(header.prefix(32)))
        }
        return encoding
    }
}

/// What takes an unpacked body in.
protocol BodySink {
    mutating func consume(_ piece: Span<UInt8>) throws

    /// Comes after each piece that arrived: what was read so far may be judged here.
    mutating func pause() async throws
}

/// A body that is needed whole.
struct WholeBody: BodySink {
    private(set) var bytes: [UInt8] = []

    mutating func consume(_ piece: Span<UInt8>) {
        piece.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    func pause() {}
}
