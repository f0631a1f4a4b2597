// Tells by a name whether what it stands for is secret.

/// The names that hold one of some words, whatever their case and whatever separates the words' parts.
///
/// A name is read once, however many words there are: each byte leads from one state to the next, as in Aho and
/// Corasick's automaton.
struct SecretNames: Sendable {
    /// What marks a name as that of a secret unless a project says otherwise (protocol section 9.10, and the names of
    /// sessions and request tokens that SDKs hide too).
    static let usualWords = [
        "password", "passwd", "passphrase", "secret", "apikey", "auth", "credentials", "mysqlpwd",
        "privatekey",
        "token", "bearer", "sessionid", "csrf", "xsrf",
    ]
    /// The names that ship with the server.
    static let usual = SecretNames(words: usualWords)

    private static let letters = 64
    private static let separator: UInt8 = 63
    private static let end: UInt16 = 0x8000

    /// What a byte counts as: a letter or digit by its number from 1, a separator, or 0 for what ends every word.
    private let kinds: [UInt8]
    /// The state that follows, for each state and kind; marked where a word ends.
    private let next: [UInt16]
    private let shortest: Int

    /// Takes words of ASCII letters and digits; other characters of a word are passed over.
    init(words: [String]) {
        kinds = (UInt8.min...UInt8.max).map(Self.kind)
        let words = words.map { word in word.utf8.map(Self.kind).filter { $0 != 0 && $0 != Self.separator } }
            .filter { !$0.isEmpty }
        shortest = words.map(\.count).min() ?? .max
        next = Self.automaton(of: words)
    }

    private static func kind(_ byte: UInt8) -> UInt8 {
        switch byte {
        case _ where Bytes.isLetter(byte): (byte | 0x20) - UInt8(ascii: "a") + 1
        case _ where Bytes.isDigit(byte): byte - UInt8(ascii: "0") + 27
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: " "): separator
        default: 0
        }
    }

    /// States by breadth: where a letter leads nowhere, it leads to where the longest fitting end of the way so far would.
    private static func automaton(of words: [[UInt8]]) -> [UInt16] {
        var table = [UInt16](repeating: 0, count: letters)
        var ends: [Bool] = [false]
        for word in words {
            var state = 0
            for letter in word {
                let place = state * letters + Int(letter)
                if table[place] == 0 {
                    guard ends.count < Int(end) else { break }
                    table[place] = UInt16(ends.count)
                    table += [UInt16](repeating: 0, count: letters)
                    ends.append(false)
                }
                state = Int(table[place])
            }
            ends[state] = true
        }
        var fallback = [Int](repeating: 0, count: ends.count)
        var queue = table[..<letters].filter { $0 != 0 }.map(Int.init)
        var done = 0
        while done < queue.count {
            let state = queue[done]
            done += 1
            if ends[fallback[state]] { ends[state] = true }
            for letter in 0..<letters {
                let place = state * letters + letter
                let other = table[fallback[state] * letters + letter]
                if table[place] == 0 {
                    table[place] = other
                } else {
                    fallback[Int(table[place])] = Int(other)
                    queue.append(Int(table[place]))
                }
            }
        }
        return table.map { ends[Int($0)] ? $0 | end : $0 }
    }

    /// Whether the name is that of a secret.
    func contain(_ name: Span<UInt8>) -> Bool {
        guard name.count >= shortest else { return false }
        var state = 0
        for index in name.indices {
            let kind = kinds[Int(name[index])]
            if kind == Self.separator { continue }
            let following = next[state * Self.letters + Int(kind)]
            state = Int(following & ~Self.end)
            if following & Self.end != 0, !Self.isAuthor(name, around: index),
                !Self.isPublicToken(name, endingAt: index)
            {
                return true
            }
        }
        return false
    }

    /// Whether the token that ends here is the `PublicKeyToken` by which .NET tells assemblies apart.
    private static func isPublicToken(_ name: Span<UInt8>, endingAt index: Int) -> Bool {
        let word: StaticString = "publickeytoken"
        guard index + 1 >= word.utf8CodeUnitCount else { return false }
        let start = index + 1 - word.utf8CodeUnitCount
        return word.withUTF8Buffer { word in
            word.indices.allSatisfy { word[$0] == Bytes.lowered(name[start + $0]) }
        }
    }

    /// Whether the word that ends here is the beginning of `author`, who is no secret, rather than of `authorization`.
    private static func isAuthor(_ name: Span<UInt8>, around index: Int) -> Bool {
        guard index >= 3, Bytes.lowered(name[index]) == UInt8(ascii: "h"), index + 2 < name.count else {
            return false
        }
        guard Bytes.lowered(name[index - 3]) == UInt8(ascii: "a"),
            Bytes.lowered(name[index + 1]) == UInt8(ascii: "o"),
            Bytes.lowered(name[index + 2]) == UInt8(ascii: "r")
        else { return false }
        return index + 3 == name.count || Bytes.lowered(name[index + 3]) != UInt8(ascii: "i")
    }
}
