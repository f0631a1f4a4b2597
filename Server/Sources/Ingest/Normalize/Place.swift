// Where in an event one is.

import TapeJSON

/// One step of the way from the event down to a value.
enum Place {
    case key(JSONKey)
    /// The key of a member that only the event knows.
    case name(String)
    case index(Int)

    /// As `_meta` writes it, where lists are objects too.
    var text: String {
        switch self {
        case .key(let key): key.description
        case .name(let name): name
        case .index(let index): String(index)
        }
    }
}
