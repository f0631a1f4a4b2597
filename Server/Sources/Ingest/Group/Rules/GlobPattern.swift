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
    /// Where stars stand, in order.
    private let starPlaces: [Int]
    /// How many bytes stand behind the last wildcard.
    private let tailCount: Int
    private let literal: [UInt8]
    private let form: Form
    /// The byte that a text must begin with; nil where several may be, or none must.
    let head: UInt8?
    private let isPath: Bool
    private let ignoresCase: Bool

    init(_ text: String, isPath: Bool = false, ignoresCase: Bool = false) {
        self.isPath = isPath
        self.ignoresCase = ignoresCase || isPath
        let bytes = Array((self.ignoresCase ? text.lowercased() : text).utf8)
        pattern = isPath ? bytes.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : bytes
        starPlaces = pattern.indices.filter { [pattern] in pattern[$0] == UInt8(ascii: "*") }
        tailCount =
            pattern.reversed().prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }.count
        (form, literal) = Self.form(of: pattern, anything: isPath ? 2 : 1)
        head = !self.ignoresCase && (form == .equal || form == .prefix) ? literal.first : nil
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
        if let head, text.isEmpty || text[0] != head { return false }
        if matches(text, isRooted: false) { return true }
        guard isPath, !text.isEmpty, byte(text, 0) != UInt8(ascii: "/") else { return false }
        return matches(text, isRooted: true)
    }

    /// - Parameter isRooted: whether a slash is read in front of the text.
    private func matches(_ text: Span<UInt8>, isRooted: Bool) -> Bool {
        let count = text.count + (isRooted ? 1 : 0)
        return switch form {
        case .anything: true
        case .equal: count == literal.count && fits(text, at: 0, isRooted)
        case .prefix: fits(text, at: 0, isRooted)
        case .suffix: fits(text, at: count - literal.count, isRooted)
        // Behind the slash in front all has been looked at.
        case .infix: isRooted ? fits(text, at: 0, isRooted) : occurs(in: text)
        case .general where !endsRight(text): false
        case .general:
            pattern.count < UInt64.bitWidth
                ? matchesBits(text, isRooted) : matchesGenerally(text, isRooted)
        }
    }

    @inline(__always)
    private func byte(_ text: Span<UInt8>, _ index: Int) -> UInt8 {
        let byte = text[index]
        if isPath, byte == UInt8(ascii: "\\") { return UInt8(ascii: "/") }
        return ignoresCase ? Bytes.lowered(byte) : byte
    }

    @inline(__always)
    private func byte(_ text: Span<UInt8>, _ index: Int, _ isRooted: Bool) -> UInt8 {
        guard isRooted else { return byte(text, index) }
        return index == 0 ? UInt8(ascii: "/") : byte(text, index - 1)
    }

    /// Whether the end of a text is that of the pattern, behind its last wildcard: most texts fail here.
    private func endsRight(_ text: Span<UInt8>) -> Bool {
        guard tailCount <= text.count else { return text.count + 1 >= tailCount }
        for offset in 0..<tailCount
        where byte(text, text.count - tailCount + offset) != pattern[pattern.count - tailCount + offset] {
            return false
        }
        return true
    }

    private func fits(_ text: Span<UInt8>, at start: Int, _ isRooted: Bool = false) -> Bool {
        let count = text.count + (isRooted ? 1 : 0)
        guard start >= 0, start + literal.count <= count else { return false }
        for index in literal.indices where byte(text, start + index, isRooted) != literal[index] {
            return false
        }
        return true
    }

    private func occurs(in text: Span<UInt8>) -> Bool {
        guard let first = literal.first else { return true }
        var start = 0
        while start + literal.count <= text.count {
            if byte(text, start) == first, fits(text, at: start) { return true }
            start += 1
        }
        return false
    }

    /// Keeps the set of places in the pattern that may have been reached, a bit for each.
    private func matchesBits(_ text: Span<UInt8>, _ isRooted: Bool) -> Bool {
        var reached = skippingStars(1)
        let count = text.count + (isRooted ? 1 : 0)
        for index in 0..<count {
            let byte = byte(text, index, isRooted)
            var open = reached & ~(1 << UInt64(pattern.count))
            var next: UInt64 = 0
            while open != 0 {
                let place = open.trailingZeroBitCount
                open &= open - 1
                let mark = pattern[place]
                if mark == UInt8(ascii: "*") {
                    if !isPath || byte != UInt8(ascii: "/") || isDouble(place) { next |= 1 << UInt64(place) }
                } else if mark == UInt8(ascii: "?") || mark == byte {
                    next |= 1 << UInt64(place + 1)
                }
            }
            if next == 0 { return false }
            reached = skippingStars(next)
        }
        return reached & (1 << UInt64(pattern.count)) != 0
    }

    /// A star may stand for nothing.
    private func skippingStars(_ places: UInt64) -> UInt64 {
        var places = places
        for place in starPlaces where places & (1 << UInt64(place)) != 0 { places |= 1 << UInt64(place + 1) }
        return places
    }

    /// The same for patterns of any length, so that none takes long.
    private func matchesGenerally(_ text: Span<UInt8>, _ isRooted: Bool) -> Bool {
        var reached = [Bool](repeating: false, count: pattern.count + 1)
        reached[0] = true
        skipStars(&reached)
        for index in 0..<(text.count + (isRooted ? 1 : 0)) {
            let byte = byte(text, index, isRooted)
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

    private func skipStars(_ reached: inout [Bool]) {
        for place in pattern.indices where reached[place] && pattern[place] == UInt8(ascii: "*") {
            reached[place + 1] = true
        }
    }
}
