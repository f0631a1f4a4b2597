// Tells numbers of payment cards from other numbers.

/// Numbers of payment cards, by what their publishers say of length, beginning and last digit.
enum CardNumber {
    /// How many digits the shortest has.
    static let shortest = 13
    private static let longest = 19

    /// The places of all card numbers in a text, in order.
    ///
    /// Reads one byte in a dozen of a text without digits: a number of thirteen reaches over one of them.
    static func places(in text: Span<UInt8>) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var index = shortest - 2
        while index < text.count {
            guard let start = start(around: index, in: text) else {
                index += shortest - 1
                continue
            }
            let place = start..<end(of: start, in: text)
            if isCard(place, in: text) { places.append(place) }
            index = max(place.upperBound, index) + shortest - 1
        }
        return places
    }

    /// Whether these are the digits of a card.
    static func isCard(_ digits: [UInt8]) -> Bool {
        guard isIssued(digits) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// Whether a publisher gives out such numbers: by the first four digits, and by how many there are.
    private static func isIssued(_ digits: [UInt8]) -> Bool {
        guard digits.count >= shortest else { return false }
        let head = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        return switch (head, digits.count) {
        case (4000...4999, 13), (4000...4999, 16), (4000...4999, 19): true
        case (5100...5599, 16), (2221...2720, 16): true
        case (3400...3499, 15), (3700...3799, 15): true
        case (6011, 16), (6440...6599, 16), (3528...3589, 16): true
        case (3000...3059, 14), (3600...3699, 14), (3800...3999, 14): true
        default: false
        }
    }

    /// Where the run of digits begins that a place lies in; nil when it lies in none.
    private static func start(around index: Int, in text: Span<UInt8>) -> Int? {
        guard isInside(index, of: text) else { return nil }
        var start = index
        while start > 0, index - start < 2 * longest, isInside(start - 1, of: text) { start -= 1 }
        return Bytes.isDigit(text[start]) ? start : start + 1
    }

    /// Whether a place holds a digit, or what separates two.
    private static func isInside(_ index: Int, of text: Span<UInt8>) -> Bool {
        let byte = text[index]
        if Bytes.isDigit(byte) { return true }
        return isSeparator(byte) && index > 0 && index + 1 < text.count && Bytes.isDigit(text[index - 1])
            && Bytes.isDigit(text[index + 1])
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
    }

    /// Where the run of digits ends that begins at a place.
    private static func end(of start: Int, in text: Span<UInt8>) -> Int {
        var end = start
        while end < text.count, isInside(end, of: text) { end += 1 }
        return end
    }

    /// Whether a run of digits, in groups with one blank or dash between them, is a card's.
    ///
    /// People write cards in groups of four, or of four, six and five; never in many small ones.
    private static func isCard(_ place: Range<Int>, in text: Span<UInt8>) -> Bool {
        // Most runs are shorter.
        guard (shortest...2 * longest).contains(place.count),
            place.lowerBound == 0 || !isPartOfWord(text[place.lowerBound - 1]),
            place.upperBound == text.count || !isPartOfWord(text[place.upperBound])
        else { return false }
        var digits: [UInt8] = []
        var groups = [0]
        for index in place {
            if Bytes.isDigit(text[index]) {
                digits.append(text[index] - UInt8(ascii: "0"))
                groups[groups.count - 1] += 1
            } else {
                groups.append(0)
            }
        }
        return (groups.count == 1 || groups.allSatisfy { (3...6).contains($0) }) && isCard(digits)
    }

    /// A number beside a letter or behind a point is part of something else.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}
