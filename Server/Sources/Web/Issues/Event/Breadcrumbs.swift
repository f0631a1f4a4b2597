// What the app did before it happened, as a time line that ends in the event.

import FlycatcherWire
import TapeJSON

/// The breadcrumbs of an event.
struct Breadcrumbs: View {
    static let maximumCount = 500
    /// So many of the newest are shown right away.
    static let openCount = 30

    /// The first ones, closed until opened.
    let earlier: [Breadcrumb]
    /// The last ones, oldest first.
    let recent: [Breadcrumb]
    /// What the time line ends in.
    let end: String

    /// Nil when there are none.
    init?(_ event: EventDocument, until moment: Timestamp, end: String) {
        let nodes = event.values(event.member("breadcrumbs", of: event.root)).suffix(Self.maximumCount)
        let crumbs = nodes.map { Breadcrumb($0, in: event, until: moment) }
        guard !crumbs.isEmpty else { return nil }
        // A handful of closed ones would cost more to open than to read.
        let split = crumbs.count > Self.openCount + 5 ? crumbs.count - Self.openCount : 0
        earlier = Array(crumbs[..<split])
        recent = Array(crumbs[split...])
        self.end = end
    }

    func child(named name: String) -> Any? {
        switch name {
        case "hasEarlier": !earlier.isEmpty
        case "earlierCount": Count(earlier.count).exact
        case "earlier": earlier
        case "recent": recent
        case "end": end
        case "count": Count(earlier.count + recent.count).exact
        default: false
        }
    }
}

/// One thing that the app did.
struct Breadcrumb: View {
    /// How long before the event: `−4.2 s`; empty when the time is unknown.
    let distance: String
    let exact: String
    let kind: String
    /// Shown only when it is worse than usual.
    let level: Level?
    let message: String
    let data: PairList

    init(_ node: JSONNode, in event: EventDocument, until moment: Timestamp) {
        let happened = event.moment("timestamp", of: node)
        distance = happened.map { Self.distance(from: $0, to: moment) } ?? ""
        exact = happened.map { Moment($0, now: moment).exact } ?? ""
        let type = event.string("type", of: node)
        let category = event.string("category", of: node)
        kind = category.isEmpty ? (type.isEmpty || type == "default" ? "" : type) : category
        let level = Level(lenient: event.string("level", of: node))
        self.level = level.flatMap { $0 >= .warning ? $0 : nil }
        let story = BreadcrumbStory(
            node, isNavigation: kind == "navigation" || type == "navigation", in: event)
        message = story.text
        data = story.rest
    }

    func child(named name: String) -> Any? {
        switch name {
        case "distance": distance
        case "exact": exact
        case "kind": kind
        case "level": optional(level?.name)
        case "message": optional(message)
        case "data": data.pairs
        default: false
        }
    }

    private static func distance(from moment: Timestamp, to end: Timestamp) -> String {
        let microseconds = moment.microseconds &- end.microseconds
        let words = Elapsed(from: moment, to: end).fine
        return words == "0" ? "0" : (microseconds < 0 ? "−" : "+") + words
    }
}

/// What a breadcrumb tells in one line, and the data that is left over.
struct BreadcrumbStory {
    let text: String
    let rest: PairList

    init(_ node: JSONNode, isNavigation: Bool, in event: EventDocument) {
        let data = event.member("data", of: node)
        let message = event.string("message", of: node)
        let told = Self.told(isNavigation: isNavigation, data: data, in: event)
        // What else the breadcrumb holds, without what is said already.
        var others = event.pairs(
            node, without: ["timestamp", "type", "category", "level", "message", "data"]
        ).pairs
        others.removeAll { $0 == Pair(name: "event_id", value: message) }
        let list = event.pairs(data, without: Self.inner.union(message.isEmpty ? told.keys : []))
        text = message.isEmpty ? told.text : message
        rest = PairList(
            (data.map { event.json.kind($0) } == .string
                ? [Pair(name: "data", value: event.text(data).shown)] : [])
                + list.pairs + others,
            omitted: list.omitted)
    }

    /// What clients for JavaScript keep for themselves.
    private static let inner: Set<String> = ["__span"]

    private static func told(
        isNavigation: Bool, data: JSONNode?, in event: EventDocument
    ) -> (text: String, keys: Set<String>) {
        if let url = event.member("url", of: data) {
            let method = event.string("method", of: data)
            let status = event.string("status_code", of: data)
            let target = [method, event.text(url).shown].filter { !$0.isEmpty }.joined(separator: " ")
            return (status.isEmpty ? target : "\(target) → \(status)", ["url", "method", "status_code"])
        }
        if isNavigation, let to = event.member("to", of: data) {
            return ("\(event.string("from", of: data)) → \(event.text(to).shown)", ["from", "to"])
        }
        return ("", [])
    }
}
