// Timestamp: every form of protocol section 8.15, the calendar, and the way back to text.

import FlycatcherWire
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-03-01T10:00:00Z", 1_772_359_200_000_000),
        ("2026-03-01T10:00:00z", 1_772_359_200_000_000),
        ("2026-03-01t10:00:00", 1_772_359_200_000_000),
        ("2026-03-01 10:00:00", 1_772_359_200_000_000),
        ("2026-03-01T10:00", 1_772_359_200_000_000),
        ("2026-03-01T10:00:00.12Z", 1_772_359_200_120_000),
        ("2026-03-01T10:00:00,12Z", 1_772_359_200_120_000),
        ("2026-03-01T10:00:00.000001Z", 1_772_359_200_000_001),
        ("2026-03-01T10:00:00.123456789Z", 1_772_359_200_123_456),
        ("2026-03-01T12:00:00+02:00", 1_772_359_200_000_000),
        ("2026-03-01T12:00:00+0200", 1_772_359_200_000_000),
        ("2026-03-01T12:00:00+02", 1_772_359_200_000_000),
        ("2026-03-01T04:30:00-05:30", 1_772_359_200_000_000),
        ("2026-03-01T10:00:00-00:00", 1_772_359_200_000_000),
        ("2026-02-28T23:00:00-11:00", 1_772_359_200_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
        ("1969-12-31T23:59:59.5Z", -500_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
    ])
    func `each form of text is read`(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "now", "2026", "2026-03-01", "2026-03-01T", "2026-03-01T10", "2026-03-01T10:00:00.",
        "2026-3-1T10:00:00Z",
        "2026-03-01T10:00:00Zx", "2026-03-01T10:00:00 Z", " 2026-03-01T10:00:00Z", "2026-03-01T10:00:00+2",
        "2026-03-01T10:00:00+02:", "2026-03-01T10:00:00+24:00", "2026-03-01T10:00:00+02:60",
        "2026-03-01T10:00:00+",
        "2026-00-01T10:00:00Z", "2026-13-01T10:00:00Z", "2026-03-00T10:00:00Z", "2026-03-32T10:00:00Z",
        "2026-04-31T10:00:00Z", "2026-02-29T10:00:00Z", "1900-02-29T10:00:00Z", "2100-02-29T10:00:00Z",
        "2026-03-01T24:00:00Z", "2026-03-01T10:60:00Z", "2026-03-01T10:00:61Z", "0000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２026-03-01T10:00:00Z", "2026-03-01T10:00:00.\(String(repeating: "0", count: 60))Z",
        "2026-03-01T10:00:00.\(String(repeating: "0", count: 44))garbage",
    ])
    func `any other text and dates that do not exist are refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        arguments: [
            (1_772_359_200.098123, 1_772_359_200_098_123), (0, 0), (-0.25, -250_000), (0.000_000_4, 0),
            (1e-6, 1), (-62_135_596_800, -62_135_596_800_000_000), (253_402_300_799, 253_402_300_799_000_000),
        ] as [(Double, Int64)])
    func `seconds are read to the microsecond`(seconds: Double, microseconds: Int64) {
        #expect(Timestamp(seconds: seconds)?.microseconds == microseconds)
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, 1e300, -1e300, 253_402_300_800, -62_135_596_801, 1_772_359_200_000,
    ])
    func `seconds outside the calendar are refused`(seconds: Double) {
        #expect(Timestamp(seconds: seconds) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_772_359_200_120_000, "2026-03-01T10:00:00.120000Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func `text has four digits of year and six of fraction`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test func `each day of the calendar survives being printed and read again`() {
        // Steps of 37 days and a bit meet every month and leap rule without visiting all 3.6 million days.
        let step = 37 * 86_400_000_000 + 12_345
        for microseconds in stride(
            from: -62_135_596_800_000_000, to: 253_402_300_800_000_000 as Int64, by: step)
        {
            let moment = Timestamp(microseconds: microseconds)
            guard Timestamp(moment.description) != moment else { continue }
            Issue.record("\(microseconds) became \(moment)")
        }
    }

    @Test func `following days have following dates through four centuries`() {
        var (year, month, day) = (1970, 1, 1)
        for index in 0..<Int64(146_097) {
            let text = Timestamp(microseconds: index * 86_400_000_000).description
            let expected = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T"
            if !text.hasPrefix(expected) { Issue.record("\(text) should begin with \(expected)") }
            day += 1
            if day > Self.lengthOfMonth(month, year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(year == 2370)
    }

    private static func lengthOfMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @Test func `shifting stops at the ends of the calendar`() {
        let now = Timestamp(microseconds: 1_772_359_200_000_000)

        #expect(now.advanced(byMicroseconds: -1).description == "2026-03-01T09:59:59.999999Z")
        #expect(now.advanced(byMicroseconds: .max).description == "9999-12-31T23:59:59.999999Z")
        #expect(now.advanced(byMicroseconds: .min).description == "0001-01-01T00:00:00.000000Z")
    }
}
