// Numbers as people read them.

/// A number of things.
struct Count {
    let value: Int64

    init(_ value: Int64) {
        self.value = value
    }

    init(_ value: Int) {
        self.value = Int64(value)
    }

    /// At most five characters: `840`, `12.4k`, `124k`, `3.1M`.
    var short: String {
        switch value {
        case ..<10_000: String(value)
        case ..<1_000_000: Self.scaled(value, by: 1_000, "k")
        case ..<1_000_000_000: Self.scaled(value, by: 1_000_000, "M")
        default: Self.scaled(value, by: 1_000_000_000, "G")
        }
    }

    /// Every digit, in groups: `12,400`.
    var exact: String {
        let digits = String(value.magnitude)
        var out = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return out
    }

    /// The number with its noun: `1 event`, `12,400 events`.
    func of(_ noun: String) -> String {
        value == 1 ? "1 \(noun)" : "\(exact) \(noun)s"
    }

    /// The share of a whole in words, never 0 or 100 unless it is just that.
    static func percent(_ part: Int64, of whole: Int64) -> String {
        "\(percentage(part, of: whole)) %"
    }

    static func percentage(_ part: Int64, of whole: Int64) -> Int {
        guard whole > 0, part > 0 else { return 0 }
        guard part < whole else { return 100 }
        return min(max(Int((Double(part) / Double(whole) * 100).rounded()), 1), 99)
    }

    private static func scaled(_ value: Int64, by unit: Int64, _ suffix: String) -> String {
        let tenths = value / (unit / 10)
        return tenths < 1000 && tenths % 10 != 0
            ? "\(tenths / 10).\(tenths % 10)\(suffix)" : "\(value / unit)\(suffix)"
    }
}
