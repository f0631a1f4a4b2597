// Takes a multipart/form-data body apart as it arrives (RFC 7578).

/// Reads a form piece by piece, in memory bounded by its limits.
///
/// ```
/// anything ─▶ boundary ─▶ header lines ─▶ content up to the next boundary ─┐
///                ▲  └─ "--" ─▶ anything                                    │
///                └────────────────────────────────────────────────────────┘
/// ```
struct MultipartParser: Sendable {
    /// What comes out, in order: a part's header, its content in pieces, the next part's header.
    enum Output: Hashable, Sendable {
        case part(MultipartHeader)
        case content([UInt8])
    }

    /// Bytes of the header lines of one part.
    static let maximumHeaderBytes = 16 << 10
    static let maximumParts = 1000
    /// Blanks that may stand behind a boundary.
    private static let maximumPadding = 1024

    private enum Stage {
        case preamble
        /// Right behind a boundary.
        case boundaryEnd
        case headers
        /// At the end of the empty line behind them.
        case headersEnd
        case content
        case epilogue
    }

    private let delimiter: [UInt8]
    private var stage = Stage.preamble
    /// What has come and is not read yet; the first boundary may stand at the very beginning.
    private var buffer: [UInt8] = Array("\r\n".utf8)
    private var partCount = 0

    /// - Parameter boundary: what the header `Content-Type` says.
    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Takes the next bytes, in pieces of any size, and gives what they complete.
    mutating func consume(_ bytes: Span<UInt8>) throws(MultipartError) -> [Output] {
        bytes.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
        var outputs: [Output] = []
        while try step(&outputs) {}
        return outputs
    }

    /// Takes the end of the input.
    func finish() throws(MultipartError) {
        guard case .epilogue = stage else { throw .truncated }
    }

    /// Reads on; false when more must come first.
    private mutating func step(_ outputs: inout [Output]) throws(MultipartError) -> Bool {
        switch stage {
        case .preamble: return takeContent().isAtBoundary
        case .boundaryEnd: return try readBoundaryEnd()
        case .headers: return try readHeaders(&outputs)
        case .headersEnd: return readHeadersEnd()
        case .content:
            let (content, isAtBoundary) = takeContent()
            if !content.isEmpty { outputs.append(.content(content)) }
            return isAtBoundary
        case .epilogue:
            buffer = []
            return false
        }
    }

    /// What certainly stands before the next boundary, and whether that is there.
    private mutating func takeContent() -> (content: [UInt8], isAtBoundary: Bool) {
        let place = buffer.firstPlace(of: delimiter)
        let end = place ?? max(0, buffer.count - delimiter.count + 1)
        let content = Array(buffer[..<end])
        buffer.removeFirst(place == nil ? end : end + delimiter.count)
        if place != nil { stage = .boundaryEnd }
        return (content, place != nil)
    }

    private mutating func readBoundaryEnd() throws(MultipartError) -> Bool {
        let padding = buffer.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard padding <= Self.maximumPadding else { throw .malformed }
        guard buffer.count >= padding + 2 else { return false }
        let mark = Array(buffer[padding..<padding + 2])
        buffer.removeFirst(padding + 2)
        if mark == Array("--".utf8) {
            stage = .epilogue
        } else if mark == Array("\r\n".utf8) {
            partCount += 1
            guard partCount <= Self.maximumParts else { throw .tooManyParts }
            stage = .headers
        } else {
            throw .malformed
        }
        return true
    }

    private mutating func readHeaders(_ outputs: inout [Output]) throws(MultipartError) -> Bool {
        // A part without header lines begins with the empty one.
        let isBare = buffer.starts(with: "\r\n".utf8)
        guard let end = isBare ? 0 : buffer.firstPlace(of: Array("\r\n\r\n".utf8)) else {
            guard buffer.count <= Self.maximumHeaderBytes else { throw .headerTooLong }
            return false
        }
        guard end <= Self.maximumHeaderBytes else { throw .headerTooLong }
        outputs.append(.part(MultipartHeader(lines: Array(buffer[..<end]))))
        buffer.removeFirst(isBare ? 0 : end + 2)
        stage = .headersEnd
        return true
    }

    /// Passes the empty line, unless its end is that of a boundary: then the part has no content.
    private mutating func readHeadersEnd() -> Bool {
        let isWholeBoundary = buffer.starts(with: delimiter)
        guard isWholeBoundary || !delimiter.starts(with: buffer) else { return false }
        if !isWholeBoundary { buffer.removeFirst(2) }
        stage = .content
        return true
    }
}

/// Why a form cannot be read.
enum MultipartError: Error, Hashable, CustomStringConvertible {
    case noBoundary
    case malformed
    case headerTooLong
    case tooManyParts
    case truncated

    var description: String {
        switch self {
        case .noBoundary: "invalid multipart body: the content type names no boundary"
        case .malformed: "invalid multipart body: a boundary is not followed by a line end"
        case .headerTooLong:
            "invalid multipart body: a part has more than \(MultipartParser.maximumHeaderBytes) bytes of headers"
        case .tooManyParts: "invalid multipart body: more than \(MultipartParser.maximumParts) parts"
        case .truncated: "invalid multipart body: its last boundary is missing"
        }
    }
}

extension [UInt8] {
    /// Where another text stands first.
    fileprivate func firstPlace(of text: [UInt8]) -> Int? {
        guard let head = text.first, count >= text.count else { return nil }
        var start = 0
        while let place = self[start...(count - text.count)].firstIndex(of: head) {
            if self[place..<place + text.count].elementsEqual(text) { return place }
            start = place + 1
            if start > count - text.count { return nil }
        }
        return nil
    }
}
