// Brotli through its own library.

import CBrotli

/// Unpacks brotli.
final class BrotliEngine: DecodingEngine {
    private let state: OpaquePointer
    private let output: UnsafeMutableBufferPointer<UInt8>
    private(set) var isAtEnd = false

    init() throws(DecompressionError) {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .outOfMemory }
        self.state = state
        output = .allocate(capacity: outputCapacity)
    }

    deinit {
        BrotliDecoderDestroyInstance(state)
        output.deallocate()
    }

    func decode(_ piece: UnsafeRawBufferPointer, _ sink: (Span<UInt8>) throws -> Void) throws {
        var input = piece.bindMemory(to: UInt8.self).baseAddress
        var available = piece.count
        var result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT
        repeat {
            guard !isAtEnd else { throw DecompressionError.corrupt(.brotli) }
            var next = output.baseAddress
            var room = output.count
            result = BrotliDecoderDecompressStream(state, &available, &input, &room, &next, nil)
            guard result != BROTLI_DECODER_RESULT_ERROR else { throw DecompressionError.corrupt(.brotli) }
            isAtEnd = result == BROTLI_DECODER_RESULT_SUCCESS
            let produced = output.count - room
            if produced > 0 { try sink(UnsafeBufferPointer(rebasing: output[..<produced]).span) }
        } while available > 0 || result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT
    }
}
