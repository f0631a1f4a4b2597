// Finds secrets in running text: credentials in URLs, values behind secret names, private keys, card numbers.

/// A secret in a text.
struct Secret: Equatable {
    /// Where it stands, in bytes of UTF-8.
    var place: Range<Int>
    var rule: ScrubbingRule
}

/// Why something was taken out, by the names that the protocol's tools know (`_meta`).
enum ScrubbingRule: String {
    case name = "@password:filter"
    case card = "@creditcard:filter"
    case key = "@pemkey:filter"
    case credentials = "@urlauth:filter"
    case address = "@ip:remove"
}

/// Looks through texts.
///
/// Only three bytes can lead to a secret other than a card, so a text is searched for those, eight bytes at a time.
enum SecretText {
    /// What is looked for.
    enum Language {
        /// What programs print and people write.
        case prose
        /// Source code, in which `token = next()` gives nothing away.
        case code
    }

    private static let longestName = 64
    private static let longestAuthority = 1024
    /// Headers whose whole line is secret.
    private static let headers: [StaticString] = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token",
        "x-csrf-token",
    ]
    /// Names that are followed by a secret where a colon without quotes stands behind them, as in a log line.
    private static let labels: [StaticString] = [
        "password", "passwd", "pwd", "passphrase", "api_key", "apikey",
    ]

    /// The secrets of a text, in order.
    static func secrets(in text: Span<UInt8>, _ rules: ScrubbingRules, _ language: Language) -> [Secret] {
        var secrets: [Secret] = []
        var index = 0
        while let mark = nextMark(in: text, from: index) {
            index = mark + 1
            guard let found = secret(at: mark, in: text, rules, language), !found.place.isEmpty else {
                continue
            }
            secrets.append(found)
            index = max(found.place.upperBound, index)
        }
        guard language == .prose, text.count >= CardNumber.shortest else { return secrets }
        let cards = CardNumber.places(in: text)
        guard !cards.isEmpty else { return secrets }
        return (secrets + cards.map { Secret(place: $0, rule: .card) })
            .sorted { $0.place.lowerBound < $1.place.lowerBound }
    }

    /// Whether JSON may hold a key, or credentials in a URL: then its source code has to be looked through for them.
    ///
    /// A card number in source code is nobody's.
    static func mayHoldSecretOfCode(_ json: Span<UInt8>) -> Bool {
        var index = 0
        // Four words at once: in most blocks there is nothing to be seen.
        while index &+ 32 <= json.count {
            // The condition is the bounds check of these bytes.
            let words = json.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index, as: SIMD4<UInt64>.self)
            if mayHoldMarkOfCode(words), isMarkOfCode(in: index..<(index + 32), of: json) { return true }
            index &+= 32
        }
        return isMarkOfCode(in: index..<json.count, of: json)
    }

    /// Whether one of the words may hold an `@`, or two dashes side by side, as two of five in a row do.
    @inline(__always)
    private static func mayHoldMarkOfCode(_ words: SIMD4<UInt64>) -> Bool {
        let signs = zeroes(words ^ SIMD4(repeating: 0x4040_4040_4040_4040))
        let dashes = zeroes(words ^ SIMD4(repeating: 0x2D2D_2D2D_2D2D_2D2D))
        let marks = signs | (dashes & dashes &>> SIMD4(repeating: 8))
        return marks[0] | marks[1] | marks[2] | marks[3] != 0
    }

    private static func isMarkOfCode(in places: Range<Int>, of json: Span<UInt8>) -> Bool {
        for place in places {
            if json[place] == UInt8(ascii: "@"), mayEndCredentials(place, in: json) { return true }
            if Bytes.starts(json, with: "----", at: place) { return true }
        }
        return false
    }

    /// Whether `://` stands before a sign, its slashes perhaps behind backslashes, as PHP writes them.
    private static func mayEndCredentials(_ sign: Int, in json: Span<UInt8>) -> Bool {
        let limit = max(0, sign - longestAuthority)
        var start = sign
        // What an earlier sign ends has been looked at.
        while start > limit, json[start - 1] != UInt8(ascii: "@"), !endsAuthority(json[start - 1]) {
            start -= 1
        }
        return start > 0 && json[start - 1] == UInt8(ascii: "/")
    }

    /// The next `:`, `=` or `-`.
    private static func nextMark(in text: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index &+ 8 <= text.count {
            // The condition is the bounds check of these eight bytes.
            let loaded = text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            let word = UInt64(littleEndian: loaded)
            let hits =
                zeroes(word ^ 0x3A3A_3A3A_3A3A_3A3A) | zeroes(word ^ 0x3D3D_3D3D_3D3D_3D3D)
                | zeroes(word ^ 0x2D2D_2D2D_2D2D_2D2D)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") {
                return index
            }
            index &+= 1
        }
        return nil
    }

    /// A bit in each byte that is zero; bits above the lowest may be wrong.
    @inline(__always)
    private static func zeroes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private static func zeroes(_ words: SIMD4<UInt64>) -> SIMD4<UInt64> {
        (words &- SIMD4(repeating: 0x0101_0101_0101_0101)) & ~words
            & SIMD4(repeating: 0x8080_8080_8080_8080)
    }

    /// The secret that a mark leads to.
    private static func secret(
        at mark: Int, in text: Span<UInt8>, _ rules: ScrubbingRules, _ language: Language
    ) -> Secret? {
        switch text[mark] {
        case UInt8(ascii: "-"): privateKey(at: mark, in: text)
        case UInt8(ascii: "="): language == .prose ? assignment(at: mark, in: text, rules) : nil
        default:
            credentials(at: mark, in: text)
                ?? (language == .prose ? labelled(at: mark, in: text, rules) : nil)
        }
    }

    // MARK: Keys

    /// `-----BEGIN RSA PRIVATE KEY-----` up to its end, or to that of the text.
    private static func privateKey(at mark: Int, in text: Span<UInt8>) -> Secret? {
        guard Bytes.starts(text, with: "-----BEGIN ", at: mark) else { return nil }
        let lineEnd = min(mark + 64, text.count)
        guard Bytes.first("KEY", in: text.extracting(mark..<lineEnd)) != nil else { return nil }
        guard let end = Bytes.first("-----END ", in: text, from: mark) else {
            return Secret(place: mark..<text.count, rule: .key)
        }
        let close = Bytes.first("-----", in: text, from: end + 9).map { $0 + 5 } ?? text.count
        return Secret(place: mark..<close, rule: .key)
    }

    // MARK: URLs

    /// What stands between `://` and `@`.
    private static func credentials(at mark: Int, in text: Span<UInt8>) -> Secret? {
        guard Bytes.starts(text, with: "://", at: mark) else { return nil }
        let start = mark + 3
        let limit = min(start + longestAuthority, text.count)
        var index = start
        var (sign, hasColon): (Int?, Bool) = (nil, false)
        while index < limit, !endsAuthority(text[index]) {
            if text[index] == UInt8(ascii: "@") { sign = index }
            if text[index] == UInt8(ascii: ":"), sign == nil { hasColon = true }
            index += 1
        }
        // A name alone, as in ssh://git@host, is none; a long one is a token.
        guard let sign, hasColon || sign - start >= 20 else { return nil }
        return Secret(place: start..<sign, rule: .credentials)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), 0...0x20:
            true
        default: false
        }
    }

    // MARK: Names and their values

    /// `password=hunter2`, `token = "…"`; not the comparison `token == other`.
    private static func assignment(at mark: Int, in text: Span<UInt8>, _ rules: ScrubbingRules) -> Secret? {
        var end = mark
        while end > 0, text[end - 1] == UInt8(ascii: " "), mark - end < 2 { end -= 1 }
        while end > 0, isQuote(text[end - 1]) || text[end - 1] == UInt8(ascii: "]") { end -= 1 }
        let name = name(before: end, in: text)
        guard !name.isEmpty, rules.isSecret(text.extracting(name)) else { return nil }
        var start = mark + 1
        guard start < text.count, text[start] != UInt8(ascii: "=") else { return nil }
        while start < text.count, text[start] == UInt8(ascii: " "), start - mark <= 2 { start += 1 }
        return Secret(place: value(from: start, in: text), rule: .name)
    }

    /// `"password": "hunter2"`, `Authorization: Bearer …`, `password: hunter2`.
    private static func labelled(at mark: Int, in text: Span<UInt8>, _ rules: ScrubbingRules) -> Secret? {
        guard mark > 0 else { return nil }
        var start = mark + 1
        while start < text.count, text[start] == UInt8(ascii: " "), start - mark <= 2 { start += 1 }
        if isQuote(text[mark - 1]) {
            let name = name(before: beforeQuote(mark - 1, in: text), in: text)
            guard !name.isEmpty, rules.isSecret(text.extracting(name)) else { return nil }
            return Secret(place: value(from: start, in: text), rule: .name)
        }
        let name = text.extracting(name(before: mark, in: text))
        if headers.contains(where: { Bytes.isEqualIgnoringCase(name, $0) }) {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "\n"), text[end] != UInt8(ascii: "\r") {
                end += 1
            }
            return Secret(place: start..<end, rule: .name)
        }
        guard start > mark + 1, labels.contains(where: { Bytes.isEqualIgnoringCase(name, $0) }) else {
            return nil
        }
        return Secret(place: value(from: start, in: text), rule: .name)
    }

    /// The word that ends at a place.
    private static func name(before end: Int, in text: Span<UInt8>) -> Range<Int> {
        var start = end
        while start > 0, end - start < longestName, isPartOfName(text[start - 1]) { start -= 1 }
        return start..<end
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    /// The place of a quote, or of the backslash in front of it where JSON stands in a text.
    private static func beforeQuote(_ quote: Int, in text: Span<UInt8>) -> Int {
        quote > 0 && text[quote - 1] == UInt8(ascii: "\\") ? quote - 1 : quote
    }

    /// What stands from a place on: within its quotes or brackets, or up to what ends a word.
    private static func value(from start: Int, in text: Span<UInt8>) -> Range<Int> {
        guard start < text.count else { return start..<start }
        if isQuote(text[start]) {
            return quoted(from: start + 1, by: text[start], isEscaped: false, in: text)
        }
        if text[start] == UInt8(ascii: "\\"), start + 1 < text.count, isQuote(text[start + 1]) {
            return quoted(from: start + 2, by: text[start + 1], isEscaped: true, in: text)
        }
        if text[start] == UInt8(ascii: "{") || text[start] == UInt8(ascii: "[") {
            return bracketed(from: start, in: text)
        }
        var end = start
        while end < text.count, !endsValue(text[end]) { end += 1 }
        return isFiltered(text.extracting(start..<end)) ? start..<start : start..<end
    }

    private static func quoted(
        from start: Int, by quote: UInt8, isEscaped: Bool, in text: Span<UInt8>
    ) -> Range<Int> {
        var end = start
        while end < text.count {
            let isBackslash = text[end] == UInt8(ascii: "\\")
            if isBackslash, end + 1 < text.count {
                if isEscaped, text[end + 1] == quote { break }
                end += 1
            } else if !isEscaped, text[end] == quote {
                break
            }
            end += 1
        }
        let place = start..<min(end, text.count)
        return isFiltered(text.extracting(place)) ? start..<start : place
    }

    private static func bracketed(from start: Int, in text: Span<UInt8>) -> Range<Int> {
        var (end, depth) = (start, 0)
        while end < text.count {
            switch text[end] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            end += 1
            if depth == 0 { break }
        }
        return isFiltered(text.extracting(start..<end)) ? start..<start : start..<end
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"),
            UInt8(ascii: "|"), 0...0x20:
            true
        default: false
        }
    }

    /// Whether somebody was here before.
    private static func isFiltered(_ text: Span<UInt8>) -> Bool {
        Bytes.isEqual(text, "[Filtered]") || Bytes.isEqual(text, "%5BFiltered%5D")
    }
}
