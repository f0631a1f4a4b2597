// Why an event is not stored, and what its sender is told.

public import Model
public import TapeJSON

/// The reason for which a step of the pipeline drops an event.
public enum Drop: Error, Hashable, Sendable {
    /// The payload is no JSON.
    case invalidJSON(JSONError)
    /// The payload is JSON, but no object.
    case notAnObject
    /// A legacy event carries an id that is none.
    case invalidEventID
    /// A filter of the project has found it.
    case filtered(FilterHit)

    /// The word under which it is counted.
    public var reason: String {
        switch self {
        case .invalidJSON: "invalid_json"
        case .notAnObject: "not_an_object"
        case .invalidEventID: "invalid_event_id"
        case .filtered(let hit): hit.match.filter.rawValue
        }
    }

    /// What the sender is told.
    public var detail: String {
        switch self {
        case .invalidJSON(let error): "\(error)"
        case .notAnObject: "invalid event: a JSON object is expected"
        case .invalidEventID: "invalid event id: 32 hex digits, or a UUID, are expected"
        case .filtered: "the project does not want this event"
        }
    }

    /// How it is counted.
    public var outcome: Outcome {
        guard case .filtered(let hit) = self else {
            return Outcome(.invalid, category: "error", reason: reason)
        }
        return Outcome(.filtered, category: hit.type.category, reason: reason)
    }
}
