// How much room events may take, as people write it.

/// A number of bytes, a share of the disk, or no bound.
public enum ByteBudget: Hashable, Sendable {
    case bytes(Int64)
    /// Percent of the disk that the data folder is on.
    case share(Int)
    case unlimited

    /// Reads `20GB`, `500 MB`, `50%` or `none`; nil for anything else.
    init?(_ text: String) {
        let text = text.lowercased().filter { $0 != " " }
        if text == "none" {
            self = .unlimited
            return
        }
        if text.last == "%" {
            guard let share = Int(text.dropLast()), (1...95).contains(share) else { return nil }
            self = .share(share)
            return
        }
        let unit = Self.units.first { text.hasSuffix($0.name) }
        let digits = text.dropLast(unit?.name.count ?? 0)
        guard let unit, digits.utf8.count <= 9, let number = Int64(digits), number > 0 else { return nil }
        self = .bytes(number << unit.shift)
    }

    private static let units: [(name: String, shift: Int64)] = [("mb", 20), ("gb", 30), ("tb", 40)]

    /// The budget in bytes on a disk of this size; nil for no bound.
    func bytes(ofDisk byteCount: Int?) -> Int64? {
        switch self {
        case .bytes(let bytes): bytes
        case .share(let percent): byteCount.map { Int64($0) / 100 * Int64(percent) }
        case .unlimited: nil
        }
    }
}
