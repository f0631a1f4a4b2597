// What goes into one envelope, before it is known whether it may be sent.

import FlycatcherWire

/// Items that travel together, and what is lost if they don't.
struct Parcel: Sendable {
    /// How early a parcel is sent, and how late it is given up (protocol section 21.6).
    enum Priority: Int, Comparable, CaseIterable, Sendable {
        /// Logs and metrics.
        case bulk = 2
        /// Transactions, spans, client reports.
        case trace = 3
        /// Sessions and check-ins.
        case health = 4
        /// Events and feedback.
        case event = 5

        static func < (one: Priority, other: Priority) -> Bool { one.rawValue < other.rawValue }
    }

    /// An item and its category; what depends on it, such as an event's attachments, is lost with it.
    struct Content: Sendable {
        var item: EnvelopeItem
        var category: DataCategory
        /// A second category whose limits hold for it: messages are errors that heed limits on messages.
        var limitedAs: DataCategory?
        /// What is counted when the item is given up.
        var losses: [Loss]
        /// Whether the item makes no sense without the parcel's first one.
        var isDependent = false

        /// An item that counts as one of its category.
        init(_ item: EnvelopeItem, _ category: DataCategory) {
            self.item = item
            self.category = category
            losses = [Loss(category, 1)]
        }
    }

    let priority: Priority
    /// The event that the items belong to.
    var eventID: EventID?
    /// The sampling context of the items' trace; empty when they belong to several.
    var trace: [String: String] = [:]
    var contents: [Content]

    /// What is lost with the whole of it.
    var losses: [Loss] {
        contents.flatMap(\.losses)
    }
}

/// So many of a kind that did not get there.
struct Loss: Hashable, Sendable {
    let category: DataCategory
    let quantity: Int

    init(_ category: DataCategory, _ quantity: Int) {
        self.category = category
        self.quantity = quantity
    }
}
