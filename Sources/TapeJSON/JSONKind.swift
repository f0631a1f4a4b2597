// The six kinds of JSON value.

/// What a ``JSONNode`` holds.
public enum JSONKind: UInt8, Sendable {
    case null
    case bool
    case number
    case string
    case array
    case object
}
