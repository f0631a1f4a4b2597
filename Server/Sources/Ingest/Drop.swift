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

    /// The word under which it is counted.
    public var reason: String {
        switch self {
        case .invalidJSON: "invalid_json"
        case .notAnObject: "not_an_object"
        case .invalidEventID: "invalid_event_id"
        }
    }

    /// What the sender is told.
    public var detail: String {
        switch self {
        case .invalidJSON(let error): "\(error)"
        case .notAnObject: "invalid event: a JSON object is expected"
        case .invalidEventID: "invalid event id: 32 hex digits, or a UUID, are expected"
        }
    }

    /// How it is counted.
    public var outcome: Outcome {
        Outcome(.invalid, category: "error", reason: reason)
    }
}
