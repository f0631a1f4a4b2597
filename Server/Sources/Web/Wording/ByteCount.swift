// Sizes of files as people read them.

/// A number of bytes.
struct ByteCount {
    let value: Int64

    init(_ value: Int64) {
        self.value = value
    }

    /// At most four digits and a unit: `840 B`, `12.3 KB`, `104 MB`.
    var short: String {
        var unit = 0
        var rest = Double(value)
        while rest >= 999.5, unit < Self.units.count - 1 {
            rest /= 1024
            unit += 1
        }
        guard unit > 0, rest < 99.95 else { return "\(Int64(rest.rounded())) \(Self.units[unit])" }
        let tenths = Int64((rest * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(Self.units[unit])"
    }

    private static let units = ["B", "KB", "MB", "GB", "TB"]
}
