// What someone means who types into the search box.

public import FlycatcherWire
public import Model

/// Where a search leads: straight to an event or an issue when the whole text names one, else to a list.
public enum SearchTarget: Hashable, Sendable {
    case event(EventID)
    case issue(ShortID)
    case text(String)

    /// Reads what was typed.
    ///
    /// An event id is 32 hex digits or a UUID. Anything like `FLY-1A` may be an issue; when there is no such issue,
    /// search for the text.
    public init(_ typed: String) {
        let text = Self.trimmed(typed)
        if let id = EventID(text) {
            self = .event(id)
        } else if let id = ShortID(text) {
            self = .issue(id)
        } else {
            self = .text(text)
        }
    }

    private static func trimmed(_ typed: String) -> String {
        let start = typed.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
