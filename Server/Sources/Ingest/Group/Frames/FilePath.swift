// What of a file's path stays the same from machine to machine and build to build.

enum FilePath {
    /// The last part of the path in lower case, without hashes; nothing for URLs and made-up names.
    static func append(_ path: Span<UInt8>, _ language: FrameLanguage, to out: inout [UInt8]) {
        if Bytes.starts(path, with: "<anonymous") || Bytes.starts(path, with: "[native code") { return }
        if isURL(path) { return }
        var start = 0
        for index in stride(from: path.count - 1, through: 0, by: -1) where isSlash(path[index]) {
            start = index + 1
            break
        }
        let name = path.extracting(start...)
        if language == .java { return JavaName.appendModule(name, to: &out) }
        appendWithoutHashes(name, to: &out)
    }

    static func isURL(_ path: Span<UInt8>) -> Bool {
        for scheme in ["http://", "https://", "file://", "blob:", "applewebdata:", "data:"] as [StaticString]
        where Bytes.starts(path, with: scheme) {
            return true
        }
        return false
    }

    private static func isSlash(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }

    /// `main.3f9a1b2c.chunk.js` becomes `main.<hash>.chunk.js`, `1742.js` becomes `<hash>.js`.
    private static func appendWithoutHashes(_ name: Span<UInt8>, to out: inout [UInt8]) {
        var start = 0
        var index = 0
        while index <= name.count {
            if index == name.count || isJoint(name[index]) {
                let part = name.extracting(start..<index)
                // The last part is the suffix; it is never a hash.
                if index < name.count, isHash(part, isFirst: start == 0) {
                    out.append(contentsOf: "<hash>".utf8)
                } else {
                    for place in part.indices { out.append(Bytes.lowered(part[place])) }
                }
                if index < name.count { out.append(name[index]) }
                start = index + 1
            }
            index += 1
        }
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "~")
            || byte == UInt8(ascii: "@")
    }

    /// Hex with letters and digits, a whole number in front, or eight letters and digits that no word is made of.
    private static func isHash(_ part: Span<UInt8>, isFirst: Bool) -> Bool {
        var digitCount = 0
        var hexLetterCount = 0
        var upperCount = 0
        for index in part.indices {
            let byte = part[index]
            guard Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "_") else { return false }
            if Bytes.isDigit(byte) { digitCount += 1 }
            if Bytes.isHexDigit(byte), !Bytes.isDigit(byte) { hexLetterCount += 1 }
            if Bytes.isUpper(byte) { upperCount += 1 }
        }
        if digitCount == 0 { return false }
        if digitCount == part.count { return isFirst ? part.count >= 2 : part.count >= 5 }
        if digitCount + hexLetterCount == part.count { return part.count >= 6 }
        return part.count == 8 && upperCount > 0 || part.count >= 20
    }
}
