// Replaces a run of word bytes as a whole, else piece by piece.

/// Names what a run is: first whole, then between slashes, the marks of names, dots and dashes.
///
/// Each of these levels looks at every byte a few times.
enum WordReplacer {
    static func replace(_ word: Span<UInt8>, _ content: ByteClass, _ out: inout [UInt8]) {
        if content == .url {
            out.append(contentsOf: "<url>".utf8)
        } else if content.isDisjoint(with: [.digit, .at, .colon, .dot]) && !isLongHex(word, content) {
            append(word, to: &out)
        } else {
            let core = coreEnd(of: word)
            let inner = word.extracting(0..<core)
            if let kind = WordKind.name(of: inner) {
                append(kind, to: &out)
            } else {
                replaceParts(of: inner, Level.coarsest(of: content), &out)
            }
            append(word.extracting(core...), to: &out)
        }
    }

    /// Digests may by chance hold no digit.
    private static func isLongHex(_ word: Span<UInt8>, _ content: ByteClass) -> Bool {
        content == .hexLetter && word.count >= 16
    }

    /// The end of the word without the marks of the sentence around it.
    private static func coreEnd(of word: Span<UInt8>) -> Int {
        var end = word.count
        while end > 0, isSentenceMark(word[end - 1]) { end -= 1 }
        return end
    }

    private static func isSentenceMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
    }

    /// The marks between which a word is taken apart, coarse to fine.
    private enum Level {
        case slash
        case mark
        case dash

        func isSeparator(_ byte: UInt8) -> Bool {
            switch self {
            case .slash: byte == UInt8(ascii: "/")
            case .mark:
                byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@")
                    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "%")
            case .dash: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            }
        }

        /// The first level at which anything separates.
        static func coarsest(of content: ByteClass) -> Level {
            if content.contains(.slash) { return .slash }
            return content.isDisjoint(with: [.colon, .at, .other]) ? .dash : .mark
        }

        var finer: Level? {
            switch self {
            case .slash: .mark
            case .mark: .dash
            case .dash: nil
            }
        }
    }

    private static func replacePiece(_ piece: Span<UInt8>, _ level: Level?, _ out: inout [UInt8]) {
        if let kind = WordKind.name(of: piece) {
            append(kind, to: &out)
        } else {
            replaceWhole(piece, level, &out)
        }
    }

    private static func replaceWhole(_ piece: Span<UInt8>, _ level: Level?, _ out: inout [UInt8]) {
        if let level {
            replaceParts(of: piece, level, &out)
        } else {
            replaceEnd(of: piece, &out)
        }
    }

    private static func replaceParts(of piece: Span<UInt8>, _ level: Level, _ out: inout [UInt8]) {
        // Names often end in an id: `order-6b1f0c2d-…`.
        if level == .dash, piece.count > 37, piece[piece.count - 37] == UInt8(ascii: "-"),
            WordKind.isUUID(piece.extracting(last: 36))
        {
            replaceParts(of: piece.extracting(0..<piece.count - 36), level, &out)
            out.append(contentsOf: "<uuid>".utf8)
            return
        }
        var start = 0
        var index = 0
        while index <= piece.count {
            if index == piece.count || level.isSeparator(piece[index]) {
                if index - start == piece.count {
                    // Nothing separates here; the whole has been judged already.
                    return replaceWhole(piece, level.finer, &out)
                }
                if start < index { replacePiece(piece.extracting(start..<index), level.finer, &out) }
                if index < piece.count { out.append(piece[index]) }
                start = index + 1
            }
            index += 1
        }
    }

    /// `user12345` ends in a number; shorter ones belong to the name (`utf8`, `sha256`).
    private static func replaceEnd(of piece: Span<UInt8>, _ out: inout [UInt8]) {
        var start = piece.count
        while start > 0, Bytes.isDigit(piece[start - 1]) { start -= 1 }
        guard piece.count - start >= 4 else { return append(piece, to: &out) }
        append(piece.extracting(0..<start), to: &out)
        out.append(contentsOf: "<int>".utf8)
    }

    private static func append(_ text: Span<UInt8>, to out: inout [UInt8]) {
        text.withUnsafeBufferPointer { out.append(contentsOf: $0) }
    }

    private static func append(_ text: StaticString, to out: inout [UInt8]) {
        text.withUTF8Buffer { out.append(contentsOf: $0) }
    }
}
