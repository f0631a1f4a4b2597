// What the server changed or left out of an event, kept with it.

/// Remarks about an event, in the order they were made, at most ``Limit/notes``.
struct Notes {
    /// What happened to a value.
    enum Kind: String {
        case invalidData = "invalid_data"
        case invalidAttribute = "invalid_attribute"
        case valueTooLong = "value_too_long"
        case clockDrift = "clock_drift"
        case pastTimestamp = "past_timestamp"
        case futureTimestamp = "future_timestamp"
        case repairedText = "repaired_text"

        /// Whether the value is gone or another; else it is there, only shorter or mended.
        var isError: Bool { self != .valueTooLong && self != .repairedText }
    }

    struct Note {
        var kind: Kind
        /// Keys from the event down to the value.
        var path: [String]
        /// What was there, as JSON or a short text; nil when it is of no use.
        var value: String?
        /// How long the value was before it was cut; nil when it was not.
        var originalLength: Int?
    }

    private(set) var list: [Note] = []

    mutating func add(_ kind: Kind, at path: [String], value: String? = nil, originalLength: Int? = nil) {
        guard list.count < Limit.notes else { return }
        list.append(Note(kind: kind, path: path, value: value, originalLength: originalLength))
    }
}
