// Patterns with wildcards, as rules write them.

/// A pattern in which `*` stands for anything and `?` for one byte.
///
/// In patterns of paths `*` stops at a slash and `**` does not; both kinds of slash are one, and case does not count.
/// Most patterns are a literal with a wildcard at an end or at both, and are matched as such.
struct GlobPattern: Sendable {
    private enum Form: Sendable {
        case anything
        case equal
        case prefix
        case suffix
        case infix
        case general
    }

    private let pattern: [UInt8]
    private let literal: [UInt8]
    private let form: Form
    private let isPath: Bool
    private let ignoresCase: Bool

    init(_ text: String, isPath: Bool = false, ignoresCase: Bool = false) {
        self.isPath = isPath
        self.ignoresCase = ignoresCase || isPath
        let bytes = Array((self.ignoresCase ? text.lowercased() : text).utf8)
        pattern = isPath ? bytes.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : bytes
        (form, literal) = Self.form(of: pattern, anything: isPath ? 2 : 1)
    }

    /// - Parameter anything: how many stars stand for anything at all.
    private static func form(of pattern: [UInt8], anything: Int) -> (Form, [UInt8]) {
        let star = UInt8(ascii: "*")
        let head = pattern.prefix { $0 == star }.count
        if head == pattern.count, head >= anything { return (.anything, []) }
        let tail = pattern.reversed().prefix { $0 == star }.count
        let middle = Array(pattern.dropFirst(head).dropLast(tail))
        let isPlain = !middle.contains(star) && !middle.contains(UInt8(ascii: "?"))
        let isWide = (head == 0 || head >= anything) && (tail == 0 || tail >= anything)
        guard isPlain, isWide else { return (.general, pattern) }
        switch (head > 0, tail > 0) {
        case (false, false): return (.equal, middle)
        case (false, true): return (.prefix, middle)
        case (true, false): return (.suffix, middle)
        case (true, true): return (.infix, middle)
        }
    }

    /// Whether a text fits as a whole; a path fits with or without a slash in front.
    func matches(_ text: Span<UInt8>) -> Bool {
        if matchesAsItIs(text) { return true }
        guard isPath, !text.isEmpty, byte(text, 0) != UInt8(ascii: "/") else { return false }
        var rooted: [UInt8] = [UInt8(ascii: "/")]
        rooted.append(span: text)
        return matchesAsItIs(rooted.span)
    }

    private func matchesAsItIs(_ text: Span<UInt8>) -> Bool {
        switch form {
        case .anything: true
        case .equal: text.count == literal.count && fits(text, at: 0)
        case .prefix: fits(text, at: 0)
        case .suffix: fits(text, at: text.count - literal.count)
        case .infix: occurs(in: text)
        case .general: matchesGenerally(text)
        }
    }

    private func byte(_ text: Span<UInt8>, _ index: Int) -> UInt8 {
        let byte = text[index]
        if isPath, byte == UInt8(ascii: "\\") { return UInt8(ascii: "/") }
        return ignoresCase ? Bytes.lowered(byte) : byte
    }

    private func fits(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, start + literal.count <= text.count else { return false }
        for index in literal.indices where byte(text, start + index) != literal[index] { return false }
        return true
    }

    private func occurs(in text: Span<UInt8>) -> Bool {
        var start = 0
        while start + literal.count <= text.count {
            if fits(text, at: start) { return true }
            start += 1
        }
        return false
    }

    /// Keeps the set of places in the pattern that may have been reached, so that no pattern takes long.
    private func matchesGenerally(_ text: Span<UInt8>) -> Bool {
        var reached = [Bool](repeating: false, count: pattern.count + 1)
        reached[0] = true
        skipStars(&reached)
        for index in text.indices {
            let byte = byte(text, index)
            var next = [Bool](repeating: false, count: pattern.count + 1)
            for place in pattern.indices where reached[place] {
                let mark = pattern[place]
                if mark == UInt8(ascii: "*") {
                    if !isPath || byte != UInt8(ascii: "/") || isDouble(place) { next[place] = true }
                } else if mark == UInt8(ascii: "?") || mark == byte {
                    next[place + 1] = true
                }
            }
            skipStars(&next)
            reached = next
        }
        return reached[pattern.count]
    }

    private func isDouble(_ place: Int) -> Bool {
        let star = UInt8(ascii: "*")
        return place > 0 && pattern[place - 1] == star
            || place + 1 < pattern.count && pattern[place + 1] == star
    }

    /// A star may stand for nothing.
    private func skipStars(_ reached: inout [Bool]) {
        for place in pattern.indices where reached[place] && pattern[place] == UInt8(ascii: "*") {
            reached[place + 1] = true
        }
    }
}
