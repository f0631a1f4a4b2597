// Takes the place of an issue apart again.

/// The parts of a location that was written as `file:line in function`, any of which may be missing.
struct CodeLocation: Equatable {
    /// Empty when unknown.
    let file: String
    /// Empty when unknown; it may hold an `in` of its own, as `closure #1 in main` does.
    let function: String

    /// Takes a location apart at the first ` in `.
    init(_ text: String) {
        let parts = text.split(separator: " in ", maxSplits: 1, omittingEmptySubsequences: false)
        file = Self.withoutLine(parts[0])
        function = parts.count > 1 ? String(parts[1]) : ""
    }

    private static func withoutLine(_ place: Substring) -> String {
        guard let colon = place.lastIndex(of: ":"), Int64(place[place.index(after: colon)...]) != nil else {
            return String(place)
        }
        return String(place[..<colon])
    }
}
