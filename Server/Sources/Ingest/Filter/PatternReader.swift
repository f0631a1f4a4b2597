// Takes a pattern apart into forms without choices.

/// Reads the text of a pattern once, from the left.
struct PatternReader {
    private let text: [UInt8]
    private var place = 0
    private var depth = 0

    /// How deep choices may stand in choices.
    private static let maximumDepth = 8

    init(_ text: String) {
        self.text = Array(text.utf8)
    }

    /// All forms that the pattern has.
    mutating func read() throws(TextPattern.Flaw) -> [[PatternToken]] {
        let forms = try sequence()
        return forms
    }

    /// Reads up to the end, or to the comma or brace that ends a choice.
    private mutating func sequence() throws(TextPattern.Flaw) -> [[PatternToken]] {
        var forms: [[PatternToken]] = [[]]
        while place < text.count {
            let byte = text[place]
            if depth > 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { return forms }
            place += 1
            switch byte {
            case UInt8(ascii: "{") where depth < Self.maximumDepth:
                let choices = try choice()
                guard forms.count * choices.count <= TextPattern.maximumFormCount else { throw .tooManyForms }
                forms = forms.flatMap { form in choices.map { form + $0 } }
            default:
                let token = try token(beginningWith: byte)
                for index in forms.indices { forms[index].append(token) }
            }
        }
        return forms
    }

    /// Reads what stands between braces.
    private mutating func choice() throws(TextPattern.Flaw) -> [[PatternToken]] {
        depth += 1
        defer { depth -= 1 }
        var forms: [[PatternToken]] = []
        while true {
            forms += try sequence()
            guard forms.count <= TextPattern.maximumFormCount else { throw .tooManyForms }
            guard place < text.count else { throw .openChoice }
            place += 1
            if text[place - 1] == UInt8(ascii: "}") { return forms }
        }
    }

    private mutating func token(beginningWith byte: UInt8) throws(TextPattern.Flaw) -> PatternToken {
        switch byte {
        case UInt8(ascii: "*"): return .anything
        case UInt8(ascii: "?"): return .character(.anyCharacter)
        case UInt8(ascii: "["): return try set()
        case UInt8(ascii: "\\") where place < text.count:
            place += 1
            return Self.literal(text[place - 1])
        default: return Self.literal(byte)
        }
    }

    private static func literal(_ byte: UInt8) -> PatternToken {
        var set = ByteSet()
        set.insertLetter(byte)
        return .byte(set)
    }

    /// Reads what stands between brackets; a `]` that stands first is one of the set.
    private mutating func set() throws(TextPattern.Flaw) -> PatternToken {
        var set = ByteSet()
        let isNegated =
            place < text.count && (text[place] == UInt8(ascii: "!") || text[place] == UInt8(ascii: "^"))
        if isNegated { place += 1 }
        let start = place
        while place < text.count, text[place] != UInt8(ascii: "]") || place == start {
            if text[place] == UInt8(ascii: "\\"), place + 1 < text.count { place += 1 }
            let low = text[place]
            var high = low
            if place + 2 < text.count, text[place + 1] == UInt8(ascii: "-"),
                text[place + 2] != UInt8(ascii: "]")
            {
                high = text[place + 2]
                place += 2
            }
            guard low < 0x80, high < 0x80 else { throw .strangeSet }
            if low <= high { for byte in low...high { set.insertLetter(byte) } }
            place += 1
        }
        guard place < text.count else { throw .openSet }
        place += 1
        return isNegated ? .character(set.others) : .byte(set)
    }
}
