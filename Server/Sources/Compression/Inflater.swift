// gzip and deflate through zlib.

import CZlib
import Synchronization

/// Unpacks gzip, also of several members, and deflate, with the zlib header or without, which some clients leave out.
final class Inflater: DecodingEngine {
    /// An inflater that nobody uses: whoever takes it out of the list is its only owner.
    private struct Idle: @unchecked Sendable {
        let inflater: Inflater
    }

    /// Kept, since making an inflater costs more than unpacking a small body.
    private static let idle = Mutex<[Idle]>([])
    private static let maximumIdle = 32

    private enum Phase {
        /// A deflate body whose first byte has come, which does not yet tell whether there is a header.
        case undecided(first: UInt8?)
        case running
        case ended
    }

    // zlib keeps a pointer to its stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableBufferPointer<UInt8>
    private var encoding: ContentEncoding
    private var phase = Phase.running

    private init(_ encoding: ContentEncoding) throws(DecompressionError) {
        self.encoding = encoding
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(capacity: outputCapacity)
        guard inflateInit2_(stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else {
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    private static let gzipWindow: Int32 = 15 + 16
    private static let zlibWindow: Int32 = 15
    private static let rawWindow: Int32 = -15

    static func borrow(_ encoding: ContentEncoding) throws(DecompressionError) -> Inflater {
        let inflater: Inflater
        if let kept = idle.withLock({ $0.popLast() }) {
            inflater = kept.inflater
        } else {
            inflater = try Inflater(encoding)
        }
        inflater.encoding = encoding
        inflater.phase = encoding == .gzip ? .running : .undecided(first: nil)
        inflateReset2(inflater.stream, encoding == .gzip ? gzipWindow : zlibWindow)
        return inflater
    }

    static func giveBack(_ inflater: Inflater) {
        let kept = Idle(inflater: inflater)
        idle.withLock { idle in
            if idle.count < maximumIdle { idle.append(kept) }
        }
    }

    var isAtEnd: Bool {
        if case .ended = phase { true } else { false }
    }

    func decode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        guard case .undecided(let first) = phase else { return try inflateAll(piece, sink) }
        guard let head = first ?? piece.first, piece.count > 1 || first != nil else {
            phase = .undecided(first: piece.first)
            return
        }
        let second = first == nil ? piece[1] : piece[0]
        if !Self.isZlibHeader(head, second) { inflateReset2(stream, Self.rawWindow) }
        phase = .running
        if let first { try withUnsafeBytes(of: first) { try inflateAll($0, sink) } }
        try inflateAll(piece, sink)
    }

    private static func isZlibHeader(_ first: UInt8, _ second: UInt8) -> Bool {
        first & 0x0F == 8 && (UInt16(first) << 8 | UInt16(second)) % 31 == 0
    }

    private func inflateAll(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(piece.count)
        repeat {
            if isAtEnd { try beginNextMember() }
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let produced = output.count - Int(stream.pointee.avail_out)
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                throw status == Z_MEM_ERROR ? DecompressionError.outOfMemory : .corrupt(encoding)
            }
            if status == Z_STREAM_END { phase = .ended }
            if produced > 0 { try sink(UnsafeBufferPointer(rebasing: output[..<produced]).span) }
        } while stream.pointee.avail_in > 0 || (stream.pointee.avail_out == 0 && !isAtEnd)
    }

    /// A gzip file may be followed by another one; anything else behind the end is no part of the body.
    private func beginNextMember() throws {
        guard encoding == .gzip, stream.pointee.next_in[0] == 0x1F else {
            throw DecompressionError.corrupt(encoding)
        }
        inflateReset(stream)
        phase = .running
    }
}
