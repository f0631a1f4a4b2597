// What everybody who is signed in should know of the server, above every page.

public import FlycatcherWire

/// Something that keeps the server from taking everything in: what, since when, what to do.
public struct Notice: Hashable, Sendable {
    /// What is the matter, in a few words.
    public let title: String
    /// What it means and what to do about it.
    public let detail: String
    /// Since when; nil when nobody knows.
    public let since: Timestamp?

    /// Takes the words.
    public init(_ title: String, _ detail: String, since: Timestamp? = nil) {
        self.title = title
        self.detail = detail
        self.since = since
    }
}

/// A notice as the frame shows it.
struct NoticeView: View {
    let notice: Notice
    let now: Timestamp

    func child(named name: String) -> Any? {
        switch name {
        case "title": notice.title
        case "detail": notice.detail
        case "since": optional(notice.since.map { Moment($0, now: now) })
        default: false
        }
    }
}
