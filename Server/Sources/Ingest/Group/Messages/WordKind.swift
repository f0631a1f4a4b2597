// Says what a word is: an address, an id, a moment, a quantity.

/// The kinds of words that are data rather than text, in the order in which they are tried.
enum WordKind {
    /// The kind as `<kind>`; nil when it is just a word.
    static func name(of word: Span<UInt8>) -> StaticString? {
        // Most data are plain numbers, most other words short.
        if Bytes.isDigits(word) { return "<int>" }
        if word.count == 1 { return nil }
        let content = Content(word)
        if content.isShortName(word) { return nil }
        if content.hasAt { return isEmail(word) ? "<email>" : nil }
        if content.dotCount > 0, content.letterCount > 0, HostName.matches(word) { return "<host>" }
        if content.digitCount == 0 { return isDigest(word, content) ? digestName(word) : nil }
        if let name = addressOrID(word, content) { return name }
        if let name = moment(word, content) { return name }
        if isDigest(word, content) { return digestName(word) }
        if let name = Quantity.name(of: word) { return name }
        return isToken(word, content) ? "<id>" : nil
    }

    private static func addressOrID(_ word: Span<UInt8>, _ content: Content) -> StaticString? {
        if word.count == 36, isUUID(word) { return "<uuid>" }
        if word.count == 55, isTraceParent(word) { return "<traceparent>" }
        if content.dotCount == 3, Address.isV4(word) { return "<ip>" }
        if content.colonCount >= 2, !DateForm.isTime(word), Address.isV6(word) { return "<ip>" }
        return nil
    }

    private static func moment(_ word: Span<UInt8>, _ content: Content) -> StaticString? {
        if content.colonCount > 0, DateForm.isTime(word) { return "<time>" }
        return DateForm.isDate(word) ? "<date>" : nil
    }

    /// What is counted in a word before it is judged.
    private struct Content {
        var digitCount = 0
        var letterCount = 0
        var hexLetterCount = 0
        var dotCount = 0
        var colonCount = 0
        var hasAt = false
        /// How often digits and letters take turns.
        var turnCount = 0

        /// A letter, and up to three more or digits: too short for anything but a name.
        func isShortName(_ word: Span<UInt8>) -> Bool {
            (1..<5).contains(word.count) && digitCount + letterCount == word.count && Bytes.isLetter(word[0])
        }

        init(_ word: Span<UInt8>) {
            var wasDigit = false
            for index in word.indices {
                let byte = word[index]
                if Bytes.isDigit(byte) {
                    if !wasDigit, letterCount > 0 { turnCount += 1 }
                    digitCount += 1
                    wasDigit = true
                } else if Bytes.isLetter(byte) {
                    if wasDigit { turnCount += 1 }
                    letterCount += 1
                    if Bytes.isHexDigit(byte) { hexLetterCount += 1 }
                    wasDigit = false
                } else {
                    dotCount += byte == UInt8(ascii: ".") ? 1 : 0
                    colonCount += byte == UInt8(ascii: ":") ? 1 : 0
                    hasAt = hasAt || byte == UInt8(ascii: "@")
                }
            }
        }
    }

    /// A short revision, or any longer run of hex digits in which letters and digits both stand.
    private static func isDigest(_ word: Span<UInt8>, _ content: Content) -> Bool {
        guard content.hexLetterCount > 0, content.digitCount + content.hexLetterCount == word.count else {
            return false
        }
        return content.digitCount > 0 ? word.count >= 7 : word.count >= 16
    }

    private static func digestName(_ word: Span<UInt8>) -> StaticString {
        switch word.count {
        case 32: "<md5>"
        case 40: "<sha1>"
        default: "<hex>"
        }
    }

    /// Made-up names in which letters and digits take turns: keys, pods, session ids.
    private static func isToken(_ word: Span<UInt8>, _ content: Content) -> Bool {
        guard content.digitCount + content.letterCount == word.count else { return false }
        if content.turnCount >= 4 { return word.count >= 5 }
        return content.turnCount == 3 ? word.count >= 8 : content.turnCount == 2 && word.count >= 16
    }

    static func isUUID(_ word: Span<UInt8>) -> Bool {
        guard word.count == 36 else { return false }
        for index in word.indices {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? word[index] == UInt8(ascii: "-") : Bytes.isHexDigit(word[index]) else {
                return false
            }
        }
        return true
    }

    /// W3C: version, trace, span and flags.
    private static func isTraceParent(_ word: Span<UInt8>) -> Bool {
        for index in word.indices {
            let isDash = index == 2 || index == 35 || index == 52
            guard isDash ? word[index] == UInt8(ascii: "-") : Bytes.isHexDigit(word[index]) else {
                return false
            }
        }
        return true
    }

    /// One `@`, something in front, at least two labels behind.
    private static func isEmail(_ word: Span<UInt8>) -> Bool {
        var place = 0
        while word[place] != UInt8(ascii: "@") { place += 1 }
        guard place > 0, place + 1 < word.count else { return false }
        var dotCount = 0
        var previous = UInt8(ascii: ".")
        for index in place + 1..<word.count {
            let byte = word[index]
            if byte == UInt8(ascii: ".") {
                if previous == byte { return false }
                dotCount += 1
            } else if !Bytes.isAlphanumeric(byte), byte != UInt8(ascii: "-") {
                return false
            }
            previous = byte
        }
        return dotCount > 0 && previous != UInt8(ascii: ".")
    }
}
