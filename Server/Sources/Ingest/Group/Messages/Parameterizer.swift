// Replaces what differs from one occurrence of a message to the next by its kind.

/// Turns `user 17 from 10.0.0.3` into `user <int> from <ip>`.
///
/// One pass over the bytes: a run of bytes that numbers, dates, addresses and ids are made of is measured once and
/// named by the first kind it fits, else its parts are. A byte is looked at a bounded number of times, so the time is
/// linear in the text, whatever the text. Only ASCII is ever replaced, so no character is torn.
enum Parameterizer {
    /// Parameterises the first two lines that are not empty.
    static func parameterize(_ text: String) -> String {
        var text = text
        var out: [UInt8] = []
        text.withUTF8 { append($0.span, to: &out) }
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends the first two lines that are not empty, parameterised; an ellipsis stands for the others.
    static func append(_ text: Span<UInt8>, to out: inout [UInt8]) {
        out.reserveCapacity(out.count + min(text.count, 1024))
        var lineCount = 0
        var index = 0
        while let line = nextLine(of: text, from: &index) {
            if lineCount == 2 {
                out.append(contentsOf: "…".utf8)
                return
            }
            if lineCount > 0 { out.append(0x0A) }
            appendLine(text.extracting(line), to: &out)
            lineCount += 1
        }
    }

    /// The next line that says something, without blanks around it.
    private static func nextLine(of text: Span<UInt8>, from index: inout Int) -> Range<Int>? {
        while index < text.count, text[index] <= 0x20 { index += 1 }
        guard index < text.count else { return nil }
        let start = index
        while index < text.count, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
        var end = index
        while end > start, text[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    private static func appendLine(_ line: Span<UInt8>, to out: inout [UInt8]) {
        let classes = ByteClass.table
        var quotes = Quotes()
        var index = 0
        while index < line.count {
            guard classes[Int(line[index])] != [] else {
                out.append(line[index])
                index += 1
                if line[index - 1] == UInt8(ascii: "=") { quotes.replaceValue(of: line, at: &index, &out) }
                continue
            }
            if let end = DatePhrase.end(in: line, from: index) {
                out.append(contentsOf: "<date>".utf8)
                index = end
                continue
            }
            let start = index
            var content = ByteClass()
            while index < line.count {
                let found = classes[Int(line[index])]
                if found == [] { break }
                content.formUnion(found)
                if found == .slash, URLWord.isOpened(in: line, from: start, at: index) {
                    index = URLWord.end(in: line, from: index)
                    content = .url
                    break
                }
                index += 1
            }
            WordReplacer.replace(line.extracting(start..<index), content, &out)
            index = DatePhrase.endOfDayHalf(in: line, from: index, behind: out)
        }
    }
}

/// Values behind an equals sign: what is quoted or a truth value is data, whatever it says.
private struct Quotes {
    /// Quotes that have no partner in the rest of the line, so that nobody looks for it twice.
    private var hasNoPartner: Set<UInt8> = []

    mutating func replaceValue(of line: Span<UInt8>, at index: inout Int, _ out: inout [UInt8]) {
        guard index < line.count else { return }
        let quote = line[index]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            guard !hasNoPartner.contains(quote) else { return }
            guard let end = Self.partner(of: quote, in: line, from: index + 1) else {
                hasNoPartner.insert(quote)
                return
            }
            out.append(contentsOf: "<quoted>".utf8)
            index = end + 1
        } else if let end = Self.endOfTruth(in: line, from: index) {
            out.append(contentsOf: "<bool>".utf8)
            index = end
        }
    }

    private static func partner(of quote: UInt8, in line: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < line.count {
            if line[index] == quote { return index }
            index += line[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private static func endOfTruth(in line: Span<UInt8>, from start: Int) -> Int? {
        for (word, count) in [("true", 4), ("false", 5)] as [(StaticString, Int)] {
            let end = start + count
            guard end <= line.count, end == line.count || !Bytes.isAlphanumeric(line[end]),
                Bytes.isEqualIgnoringCase(line.extracting(start..<end), word)
            else { continue }
            return end
        }
        return nil
    }
}
