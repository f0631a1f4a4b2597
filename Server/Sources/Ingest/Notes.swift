// What the server changed or left out of an event, kept with it.

/// Remarks about an event, in the order they were made, at most ``Limit/notes``.
struct Notes {
    /// What happened to a value.
    enum Kind {
        case invalidData
        case invalidAttribute
        case valueTooLong
        case clockDrift
        case pastTimestamp
        case futureTimestamp
        case repairedText
        case secret(ScrubbingRule)

        /// Its name in `errors`, or that of the rule in `_meta`.
        var name: String {
            switch self {
            case .invalidData: "invalid_data"
            case .invalidAttribute: "invalid_attribute"
            case .valueTooLong: "!limit"
            case .clockDrift: "clock_drift"
            case .pastTimestamp: "past_timestamp"
            case .futureTimestamp: "future_timestamp"
            case .repairedText: "repaired_text"
            case .secret(let rule): rule.rawValue
            }
        }

        /// What was done to the value, by the letters of `_meta`: another stands in its place, or none.
        var change: String {
            if case .secret(.address) = self { "x" } else { "s" }
        }

        /// Whether it says something of the value that stands there, or stood there, and not of all moments.
        var isAboutValue: Bool {
            switch self {
            case .clockDrift, .pastTimestamp, .futureTimestamp: false
            case .invalidData, .invalidAttribute, .valueTooLong, .repairedText, .secret: true
            }
        }

        /// Whether the value is wrong and gone or another; else it is there, only shorter, mended or covered.
        var isError: Bool {
            switch self {
            case .invalidData, .invalidAttribute, .clockDrift, .pastTimestamp, .futureTimestamp: true
            case .valueTooLong, .repairedText, .secret: false
            }
        }
    }

    struct Note {
        var kind: Kind
        /// Keys from the event down to the value.
        var path: [String]
        /// What was there, as JSON or a short text; nil when it is of no use.
        var value: String?
        /// How long the value was before it was cut; nil when it was not.
        var originalLength: Int?
        /// Which of its characters stand for what is gone; nil when it is not known.
        var range: Range<Int>?
    }

    private(set) var list: [Note] = []

    /// Whether no further remark is kept.
    var isFull: Bool { list.count >= Limit.notes }

    mutating func add(
        _ kind: Kind, at path: [String], value: String? = nil, originalLength: Int? = nil,
        range: Range<Int>? = nil
    ) {
        guard !isFull else { return }
        list.append(
            Note(kind: kind, path: path, value: value, originalLength: originalLength, range: range))
    }

    /// Gives each value that is quoted another text, by where it stood.
    mutating func changeValues(_ change: (_ path: [String], _ value: String) -> String) {
        for index in list.indices {
            guard let value = list[index].value else { continue }
            list[index].value = change(list[index].path, value)
        }
    }
}
