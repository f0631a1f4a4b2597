// Moments as programs and people write them.

/// Dates and times that are one word.
enum DateForm {
    /// Whether it is like `10:42`, `10:42:07.123Z` or `9:05:00+02:00`.
    static func isTime(_ word: Span<UInt8>) -> Bool {
        timeEnd(in: word, from: 0) == word.count
    }

    /// `2026-03-01`, `03/01/2026`, `01/Mar/2026`, `20260301T104207Z`, each also with a time.
    static func isDate(_ word: Span<UInt8>) -> Bool {
        guard word.count >= 8, word.count <= 40, let end = dateEnd(in: word) else { return false }
        if end == word.count { return true }
        guard isJoint(word[end]), end + 1 < word.count else { return false }
        return timeEnd(in: word, from: end + 1) == word.count
            || compactTimeEnd(in: word, from: end + 1) == word.count
    }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "T") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "t")
    }

    private static func dateEnd(in word: Span<UInt8>) -> Int? {
        let first = Bytes.endOfDigits(in: word, from: 0)
        if first == 8, word.count > 9, word[8] | 0x20 == UInt8(ascii: "t") { return 8 }
        guard first == 4 || first == 1 || first == 2, first < word.count, isSeparator(word[first]) else {
            return nil
        }
        let mark = word[first]
        var index = monthEnd(in: word, from: first + 1)
        guard index > first + 1, index < word.count, word[index] == mark else { return nil }
        let start = index + 1
        index = Bytes.endOfDigits(in: word, from: start)
        let isRight = first == 4 ? index - start == 1 || index - start == 2 : index - start == 4
        return isRight ? index : nil
    }

    /// One or two digits, or a short name.
    private static func monthEnd(in word: Span<UInt8>, from start: Int) -> Int {
        let end = Bytes.endOfDigits(in: word, from: start)
        if end > start { return end - start <= 2 ? end : start }
        guard start + 3 <= word.count, DatePhrase.isMonth(word.extracting(start..<start + 3)) else {
            return start
        }
        return start + 3
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
    }

    static func timeEnd(in word: Span<UInt8>, from start: Int) -> Int? {
        var index = Bytes.endOfDigits(in: word, from: start)
        guard index > start, index - start <= 2 else { return nil }
        guard skipPair(of: word, at: &index) else { return nil }
        if skipPair(of: word, at: &index), index < word.count, word[index] == UInt8(ascii: ".") {
            index = Bytes.endOfDigits(in: word, from: index + 1)
        }
        return zoneEnd(in: word, from: index)
    }

    /// Goes past `:07`.
    private static func skipPair(of word: Span<UInt8>, at index: inout Int) -> Bool {
        guard index + 2 < word.count, word[index] == UInt8(ascii: ":") else { return false }
        let end = Bytes.endOfDigits(in: word, from: index + 1)
        guard end == index + 3 else { return false }
        index = end
        return true
    }

    private static func zoneEnd(in word: Span<UInt8>, from start: Int) -> Int {
        guard start < word.count else { return start }
        if word[start] | 0x20 == UInt8(ascii: "z") { return start + 1 }
        guard word[start] == UInt8(ascii: "+") || word[start] == UInt8(ascii: "-") else { return start }
        var index = Bytes.endOfDigits(in: word, from: start + 1)
        if index == start + 3 { _ = skipPair(of: word, at: &index) }
        return index == start + 3 || index == start + 5 || index == start + 6 ? index : start
    }

    private static func compactTimeEnd(in word: Span<UInt8>, from start: Int) -> Int? {
        let end = Bytes.endOfDigits(in: word, from: start)
        return end - start == 4 || end - start == 6 ? zoneEnd(in: word, from: end) : nil
    }
}

/// Dates that are several words: `Mon, 02 Jan 2006 15:04:05 GMT`, `Jan 2, 2006`, `2 January 2006`.
enum DatePhrase {
    private struct Role: OptionSet {
        let rawValue: UInt8

        static let weekday = Role(rawValue: 1)
        static let month = Role(rawValue: 2)
        static let day = Role(rawValue: 4)
        static let year = Role(rawValue: 8)
        static let time = Role(rawValue: 16)
        static let zone = Role(rawValue: 32)
    }

    /// The end of a date that begins here; nil when none does.
    ///
    /// Each role is played once, so it looks at few words.
    static func end(in line: Span<UInt8>, from start: Int) -> Int? {
        guard mayBegin(line, at: start) else { return nil }
        var seen = Role()
        var index = start
        var end = start
        while let wordEnd = self.wordEnd(in: line, from: index) {
            guard let role = role(of: line.extracting(index..<wordEnd), after: seen) else { break }
            seen.formUnion(role)
            end = wordEnd
            index = skipGap(in: line, from: wordEnd)
            if index == wordEnd { break }
        }
        return seen.isSuperset(of: [.month, .day]) ? end : nil
    }

    /// ` PM` behind a time that has just been written belongs to it.
    static func endOfDayHalf(in line: Span<UInt8>, from start: Int, behind out: [UInt8]) -> Int {
        guard out.last == UInt8(ascii: ">"), out.suffix(6).elementsEqual("<time>".utf8) else { return start }
        var index = start
        if index < line.count, line[index] == 0x20 { index += 1 }
        guard index + 2 <= line.count, line[index + 1] | 0x20 == UInt8(ascii: "m"),
            line[index] | 0x20 == UInt8(ascii: "a") || line[index] | 0x20 == UInt8(ascii: "p"),
            index + 2 == line.count || !Bytes.isAlphanumeric(line[index + 2])
        else { return start }
        return index + 2
    }

    /// Capitals of day and month names, and days that a capital follows.
    private static func mayBegin(_ line: Span<UInt8>, at start: Int) -> Bool {
        if Bytes.isDigit(line[start]) {
            let end = start + 1 < line.count && Bytes.isDigit(line[start + 1]) ? start + 2 : start + 1
            return end + 1 < line.count && line[end] == 0x20 && Bytes.isUpper(line[end + 1])
        }
        switch line[start] {
        case UInt8(ascii: "J"), UInt8(ascii: "F"), UInt8(ascii: "M"), UInt8(ascii: "A"), UInt8(ascii: "S"),
            UInt8(ascii: "O"), UInt8(ascii: "N"), UInt8(ascii: "D"), UInt8(ascii: "T"), UInt8(ascii: "W"):
            return true
        default: return false
        }
    }

    private static func wordEnd(in line: Span<UInt8>, from start: Int) -> Int? {
        var end = start
        while end < line.count, end - start < 16,
            Bytes.isAlphanumeric(line[end]) || line[end] == UInt8(ascii: ":")
                || line[end] == UInt8(ascii: "+") || line[end] == UInt8(ascii: ".")
        {
            end += 1
        }
        if end > start, line[end - 1] == UInt8(ascii: ".") || line[end - 1] == UInt8(ascii: ":") { end -= 1 }
        return end > start && end - start < 16 ? end : nil
    }

    /// A blank, or a comma and a blank.
    private static func skipGap(in line: Span<UInt8>, from start: Int) -> Int {
        var index = start
        if index < line.count, line[index] == UInt8(ascii: ",") { index += 1 }
        guard index < line.count, line[index] == 0x20 else { return start }
        return index + 1
    }

    private static func role(of word: Span<UInt8>, after seen: Role) -> Role? {
        if Bytes.isDigit(word[0]) {
            if word.count <= 2, Bytes.isDigits(word), !seen.contains(.day) { return .day }
            guard seen.contains(.month), seen.contains(.day) else { return nil }
            if word.count == 4, Bytes.isDigits(word), !seen.contains(.year) { return .year }
            return DateForm.isTime(word) && !seen.contains(.time) ? .time : nil
        }
        if seen.contains(.time), !seen.contains(.zone), isZone(word) { return .zone }
        guard Bytes.isUpper(word[0]), word.count >= 3 else { return nil }
        if !seen.contains(.month), isMonth(word) { return .month }
        return seen.isEmpty && isWeekday(word) ? .weekday : nil
    }

    private static func isZone(_ word: Span<UInt8>) -> Bool {
        if word[0] == UInt8(ascii: "+") { return word.count == 5 }
        for name in ["GMT", "UTC", "EST", "EDT", "PST", "PDT", "CET", "CEST"] as [StaticString]
        where Bytes.isEqual(word, name) {
            return true
        }
        return false
    }

    static func isMonth(_ word: Span<UInt8>) -> Bool {
        isName(word, of: months)
    }

    private static func isWeekday(_ word: Span<UInt8>) -> Bool {
        isName(word, of: weekdays)
    }

    /// The whole name or its first three letters.
    private static func isName(_ word: Span<UInt8>, of names: [Name]) -> Bool {
        guard word.count >= 3, word.count <= 9 else { return false }
        let head = UInt32(word[0]) | UInt32(word[1]) << 8 | UInt32(word[2]) << 16
        for name in names where name.head == head {
            return word.count == 3 || Bytes.isEqual(word, name.text)
        }
        return false
    }

    /// A name, with its first three letters as a number.
    private struct Name: ExpressibleByStringLiteral {
        let text: StaticString
        let head: UInt32

        init(stringLiteral text: StaticString) {
            self.text = text
            head = text.withUTF8Buffer { UInt32($0[0]) | UInt32($0[1]) << 8 | UInt32($0[2]) << 16 }
        }
    }

    private static let months: [Name] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
    private static let weekdays: [Name] = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
}
