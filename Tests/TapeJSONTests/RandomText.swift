// JSON texts made of dice, and ways to break them.

enum RandomText {
    private static let scalars = [
        "null", "true", "false", "0", "-0", "1", "-17", "3.25", "1e5", "-2.5E-3", "9223372036854775807",
        "18446744073709551616", "0.1", "1772359200.098123", "1e400", "\"\"", "\"a\"",
        "\"plain text of some length\"",
        "\"\\n\\t\\\"\\\\\\/\"", "\"\\u0041\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"é€😀\"",
        "\"\\u0000\"",
        "\"12345678\\\"\"", "\"1234567\\u0041\"",
    ]
    private static let keys = ["a", "b", "key", "\\u0061", "longer key", "é", "", "k\\n"]
    private static let blanks = ["", "", "", "", " ", "\n", "\t", "\r\n", "  "]
    private static let tokens =
        Array("{}[]\",:\\0-+.eEtfnu \n\u{1}/'".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xFF]

    static func value(depth: Int, using random: inout SplitMix64) -> [UInt8] {
        Array(text(depth: depth, using: &random).utf8)
    }

    private static func text(depth: Int, using random: inout SplitMix64) -> String {
        let blank = blanks.randomElement(using: &random) ?? ""
        let count = Int.random(in: 0...3, using: &random)
        switch depth == 0 ? 2 : Int.random(in: 0..<3, using: &random) {
        case 0:
            let elements = (0..<count).map { _ in text(depth: depth - 1, using: &random) }
            return blank + "[" + blank + elements.joined(separator: ",") + "]"
        case 1:
            let members = keys.shuffled(using: &random).prefix(count).map { key in
                "\"\(key)\"" + blank + ":" + text(depth: depth - 1, using: &random)
            }
            return blank + "{" + members.joined(separator: "," + blank) + blank + "}"
        default:
            return blank + (scalars.randomElement(using: &random) ?? "0") + blank
        }
    }

    /// The text with one to three bytes changed, lost, doubled or cut off.
    static func mutated(_ text: [UInt8], using random: inout SplitMix64) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let index = text.indices.randomElement(using: &random) else { break }
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2: text[index] = tokens.randomElement(using: &random) ?? 0
            case 3: text.insert(tokens.randomElement(using: &random) ?? 0, at: index)
            case 4: text.remove(at: index)
            case 5: text.insert(text[index], at: index)
            case 6: text[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            default: text.removeSubrange((Bool.random(using: &random) ? index : text.endIndex)...)
            }
        }
        return text
    }
}
