// The name of an issue that people say aloud.

/// An issue's name within the installation: its project's prefix and a counter in base 32, such as `FLY-1A`.
///
/// The digits are Crockford's: no I, L, O and U, which are misread or spell words.
public struct ShortID: Hashable, Sendable, CustomStringConvertible {
    public let prefix: String
    public let number: Int64

    public init(prefix: String, number: Int64) {
        self.prefix = prefix
        self.number = number
    }

    /// Reads `PREFIX-DIGITS` in either case, taking I and L for 1 and O for 0.
    public init?(_ text: some StringProtocol) {
        let text = text.uppercased()
        guard let dash = text.lastIndex(of: "-"), dash != text.startIndex else { return nil }
        let prefix = text[..<dash]
        let digits = text[text.index(after: dash)...]
        guard (1...13).contains(digits.count), prefix.count <= 32,
            prefix.utf8.allSatisfy({ Self.isPrefixByte($0) })
        else { return nil }
        var number: Int64 = 0
        for character in digits {
            guard let digit = Self.value(of: character), number < Int64.max >> 5 else { return nil }
            number = number << 5 | digit
        }
        self.init(prefix: String(prefix), number: number)
    }

    public var description: String {
        var digits: [Character] = []
        var rest = number
        repeat {
            digits.append(Self.digits[Int(rest & 31)])
            rest >>= 5
        } while rest > 0
        return "\(prefix)-\(String(digits.reversed()))"
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func value(of character: Character) -> Int64? {
        switch character {
        case "I", "L": 1
        case "O": 0
        default: digits.firstIndex(of: character).map(Int64.init)
        }
    }

    private static func isPrefixByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
