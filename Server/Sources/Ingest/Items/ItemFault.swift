// Why an item that is no event is not kept.

import Model

/// What is wrong with an item; it costs itself and nothing else.
public enum ItemFault: Error, Hashable, Sendable {
    case invalidJSON
    /// A field that must be there is missing or is none.
    case missing(String)
    /// It began too long ago to be changed.
    case tooOld
    /// There are more of its kind than are taken at once.
    case tooMany

    /// The word under which it is counted.
    public var reason: String {
        switch self {
        case .invalidJSON: "invalid_json"
        case .missing(let field): "missing_\(field)"
        case .tooOld: "too_old"
        case .tooMany: "too_many"
        }
    }
}
