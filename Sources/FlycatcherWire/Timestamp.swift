// A moment on the wire: seconds as a number, or an RFC 3339 text.

/// A moment in UTC with the microseconds that the wire carries (protocol section 8.15).
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var microseconds: Int64

    /// Takes microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Takes seconds since 1970-01-01T00:00:00Z, rounded to the microsecond.
    ///
    /// - Returns: nil when the moment lies outside the years 1 to 9999.
    public init?(seconds: Double) {
        let microseconds = (seconds * 1_000_000).rounded()
        guard microseconds.isFinite, abs(microseconds) < 1e18 else { return nil }
        self.init(microseconds: Int64(microseconds))
        guard Self.range.contains(self.microseconds) else { return nil }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    public var seconds: Double {
        Double(microseconds) / 1_000_000
    }

    /// The moment this many microseconds later, held within the years 1 to 9999.
    public func advanced(byMicroseconds delta: Int64) -> Timestamp {
        let (sum, isOverflow) = microseconds.addingReportingOverflow(delta)
        let later = isOverflow ? (delta < 0 ? .min : .max) : sum
        return Timestamp(microseconds: min(max(later, Self.range.lowerBound), Self.range.upperBound - 1))
    }

    /// Whether the first is the earlier one.
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    /// From the first moment of year 1 to the last of year 9999.
    static let range: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000
}

// MARK: Text

extension Timestamp: CustomStringConvertible {
    /// The RFC 3339 form with microseconds, such as `2026-03-01T10:00:00.120000Z`.
    public var description: String {
        let (second, fraction) = microseconds.floored(by: 1_000_000)
        let (day, time) = second.floored(by: 86_400)
        let date = CivilDate(daysSinceEpoch: day)
        let clock = "\(Self.padded(time / 3600)):\(Self.padded(time / 60 % 60)):\(Self.padded(time % 60))"
        return "\(date)T\(clock).\(Self.padded(fraction, 6))Z"
    }

    /// How long the text of a moment may be, in bytes.
    static let maximumLength = 64

    /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction][Z|±hh[:]mm]`; a blank may stand for the `T`, no zone means UTC.
    ///
    /// - Returns: nil for any other text, for dates that do not exist, and outside the years 1 to 9999.
    public init?(_ text: String) {
        var text = text
        let moment = text.withUTF8 { Timestamp(utf8: $0.span) }
        guard let moment else { return nil }
        self = moment
    }

    /// Reads the UTF-8 of a text, as ``init(_:)`` does.
    public init?(utf8 text: Span<UInt8>) {
        guard text.count <= Self.maximumLength else { return nil }
        var reader = DigitReader()
        guard let year = reader.number(4, in: text), reader.skip("-", in: text),
            let month = reader.number(2, in: text), reader.skip("-", in: text),
            let day = reader.number(2, in: text),
            let date = CivilDate(year: year, month: month, day: day),
            reader.skip("T", in: text) || reader.skip("t", in: text) || reader.skip(" ", in: text),
            let hour = reader.number(2, in: text), hour < 24, reader.skip(":", in: text),
            let minute = reader.number(2, in: text), minute < 60
        else { return nil }
        var second: Int64 = 0
        if reader.skip(":", in: text) {
            guard let value = reader.number(2, in: text), value <= 60 else { return nil }
            second = value
        }
        var fraction: Int64 = 0
        if reader.skip(".", in: text) || reader.skip(",", in: text) {
            guard let value = reader.microseconds(in: text) else { return nil }
            fraction = value
        }
        guard let offset = reader.zone(in: text), reader.index == text.count else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
        guard Self.range.contains(microseconds) else { return nil }
    }

    private static func padded(_ value: Int64, _ width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDate: CustomStringConvertible {
    var year: Int64
    var month: Int64
    var day: Int64

    init?(year: Int64, month: Int64, day: Int64) {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1, (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day this many days after 1970-01-01, counted in 400-year eras that begin on 1 March.
    init(daysSinceEpoch: Int64) {
        let (era, dayOfEra) = (daysSinceEpoch + 719_468).floored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shiftedYear.floored(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    var description: String {
        func padded(_ value: Int64, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// Reads the fixed-width digits of a date from left to right.
private struct DigitReader {
    private(set) var index = 0

    mutating func skip(_ expected: Unicode.Scalar, in text: Span<UInt8>) -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: expected) else { return false }
        index += 1
        return true
    }

    mutating func number(_ width: Int, in text: Span<UInt8>) -> Int64? {
        guard index + width <= text.count else { return nil }
        var value: Int64 = 0
        for _ in 0..<width {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
            index += 1
        }
        return value
    }

    /// A fraction of a second of any length, cut to the microsecond.
    mutating func microseconds(in text: Span<UInt8>) -> Int64? {
        let start = index
        var value: Int64 = 0
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            if index - start < 6 { value = value * 10 + Int64(text[index] - UInt8(ascii: "0")) }
            index += 1
        }
        guard index > start else { return nil }
        for _ in 0..<max(0, 6 - (index - start)) { value *= 10 }
        return value
    }

    /// Seconds east of UTC; 0 when there is no zone.
    mutating func zone(in text: Span<UInt8>) -> Int64? {
        if index == text.count || skip("Z", in: text) || skip("z", in: text) { return 0 }
        let isWest = skip("-", in: text)
        guard isWest || skip("+", in: text), let hours = number(2, in: text), hours < 24 else { return nil }
        var minutes: Int64 = 0
        if skip(":", in: text) || index < text.count {
            guard let value = number(2, in: text), value < 60 else { return nil }
            minutes = value
        }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
}

extension Int64 {
    /// Quotient and remainder of the division that rounds towards negative infinity.
    func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
