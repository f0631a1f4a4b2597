// Patterns that people write to say which texts they mean, matched in time that grows with the text alone.

/// A pattern that a whole text fits, or not; ASCII letters of either case are one.
///
/// `*` stands for anything, `?` for one character, `[a-z]` and `[!a-z]` for one that is, or is not, in a set, `{one,other}`
/// for either, and `\` takes the meaning from what follows it.
///
/// It is matched by keeping all places in it that may have been reached as the bits of a number, so that no pattern and
/// no text make it slow: a byte of text costs a few instructions for every 64 places of the pattern.
struct TextPattern: Sendable {
    private let forms: [Form]

    /// Why a text is no pattern.
    enum Flaw: Error, Hashable, CustomStringConvertible {
        case openSet
        case openChoice
        case strangeSet
        case tooLong
        case tooManyForms

        var description: String {
            switch self {
            case .openSet: "a [ lacks its ]"
            case .openChoice: "a { lacks its }"
            case .strangeSet: "only plain letters, digits and signs may stand between [ and ]"
            case .tooLong: "a pattern has at most \(TextPattern.maximumLength) bytes"
            case .tooManyForms: "a pattern with its { } has at most \(TextPattern.maximumFormCount) forms"
            }
        }
    }

    static let maximumLength = 500
    static let maximumFormCount = 64

    init(_ text: String) throws(Flaw) {
        guard text.utf8.count <= Self.maximumLength else { throw .tooLong }
        var reader = PatternReader(text)
        forms = try reader.read().map(Form.init)
    }

    /// Whether a whole text fits.
    func matches(_ text: Span<UInt8>) -> Bool {
        for form in forms where form.matches(text) { return true }
        return false
    }

    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0.span) }
    }

    /// A pattern without choices, ready to be matched.
    private struct Form: Sendable {
        private let wordCount: Int
        /// For each byte and word, which places it leads on from.
        private let steps: [UInt64]
        /// Places at which anything may stand in between.
        private let stars: [UInt64]
        /// Places behind one character, of which more bytes may follow.
        private let characters: [UInt64]
        private let end: Int

        init(_ tokens: [PatternToken]) {
            var places: [ByteSet] = []
            var (stars, characters): ([Int], [Int]) = ([], [])
            for token in tokens {
                switch token {
                case .anything: stars.append(places.count)
                case .byte(let set): places.append(set)
                case .character(let set):
                    places.append(set)
                    characters.append(places.count)
                }
            }
            end = places.count
            wordCount = end / 64 + 1
            var steps = [UInt64](repeating: 0, count: 256 * wordCount)
            for (place, set) in places.enumerated() {
                for byte in 0..<256 where set.contains(UInt8(byte)) {
                    steps[byte * wordCount + place / 64] |= 1 << UInt64(place % 64)
                }
            }
            self.steps = steps
            self.stars = Self.bits(stars, wordCount)
            self.characters = Self.bits(characters, wordCount)
        }

        private static func bits(_ places: [Int], _ wordCount: Int) -> [UInt64] {
            var words = [UInt64](repeating: 0, count: wordCount)
            for place in places { words[place / 64] |= 1 << UInt64(place % 64) }
            return words
        }

        func matches(_ text: Span<UInt8>) -> Bool {
            wordCount == 1 ? matchesShort(text) : matchesLong(text)
        }

        private func matchesShort(_ text: Span<UInt8>) -> Bool {
            let (star, character) = (stars[0], characters[0])
            let last: UInt64 = 1 << UInt64(end)
            var reached: UInt64 = 1
            for index in text.indices {
                if reached & star & last != 0 { return true }
                let byte = text[index]
                let isContinuation = byte & 0xC0 == 0x80
                reached =
                    (reached & steps[Int(byte)]) << 1 | reached & star
                    | (isContinuation ? reached & character : 0)
                if reached == 0 { return false }
            }
            return reached & last != 0
        }

        private func matchesLong(_ text: Span<UInt8>) -> Bool {
            var reached = [UInt64](repeating: 0, count: wordCount)
            reached[0] = 1
            for index in text.indices {
                let byte = text[index]
                let isContinuation = byte & 0xC0 == 0x80
                var (carry, any): (UInt64, UInt64) = (0, 0)
                for word in 0..<wordCount {
                    let old = reached[word]
                    let moved = old & steps[Int(byte) * wordCount + word]
                    let new =
                        moved << 1 | carry | old & stars[word] | (isContinuation ? old & characters[word] : 0)
                    carry = moved >> 63
                    any |= new
                    reached[word] = new
                }
                if any == 0 { return false }
            }
            return reached[end / 64] & (1 << UInt64(end % 64)) != 0
        }
    }
}

/// A piece of a pattern.
enum PatternToken: Sendable {
    case anything
    /// One byte out of a set.
    case byte(ByteSet)
    /// One character whose first byte is out of a set.
    case character(ByteSet)
}

/// Some of all bytes.
struct ByteSet: Sendable {
    private var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))

    func contains(_ byte: UInt8) -> Bool {
        let bit: UInt64 = 1 << UInt64(byte % 64)
        return switch byte / 64 {
        case 0: words.0 & bit != 0
        case 1: words.1 & bit != 0
        case 2: words.2 & bit != 0
        default: words.3 & bit != 0
        }
    }

    mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte % 64)
        switch byte / 64 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    /// Inserts a letter in either case, or any other byte as it is.
    mutating func insertLetter(_ byte: UInt8) {
        insert(byte)
        if Bytes.isLetter(byte) { insert(byte ^ 0x20) }
    }

    /// The first bytes of all characters.
    static let anyCharacter: ByteSet = {
        var set = ByteSet()
        for byte in UInt8.min...UInt8.max where byte & 0xC0 != 0x80 { set.insert(byte) }
        return set
    }()

    /// The first bytes of all characters that are not in the set.
    var others: ByteSet {
        var set = ByteSet()
        for byte in UInt8.min...UInt8.max where byte & 0xC0 != 0x80 && !contains(byte) { set.insert(byte) }
        return set
    }
}
