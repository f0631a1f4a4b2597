// Reads what users say (protocol section 15).

import FlycatcherWire
public import Model
import TapeJSON

/// Makes feedback of what clients send.
public enum FeedbackReader {
    private static let maximumMessage = 4096

    /// Reads an event that went through the pipeline and says what a user said.
    ///
    /// - Parameter json: the normalised event.
    public static func read(
        _ json: [UInt8], of event: GroupedEvent, _ arrival: Arrival
    ) throws(ItemFault) -> FeedbackDraft {
        let item = try ItemDocument(json, arrival, scrubs: false)
        guard let context = item.member("contexts").flatMap({ item.member("feedback", of: $0) }) else {
            throw .missing("feedback")
        }
        guard let message = item.text("message", of: context, limit: maximumMessage) else {
            throw .missing("message")
        }
        let user = item.member("user")
        func ofUser(_ key: JSONKey, limit: Int) -> String? {
            user.flatMap { item.text(key, of: $0, limit: limit) }
        }
        return FeedbackDraft(
            id: event.id,
            event: item.text("associated_event_id", of: context, limit: 36).flatMap { EventID($0) },
            message: message,
            name: item.text("name", of: context, limit: Limit.name) ?? ofUser("name", limit: Limit.name)
                ?? ofUser("username", limit: Limit.name) ?? "",
            email: item.text("contact_email", of: context, limit: Limit.email)
                ?? ofUser("email", limit: Limit.email) ?? "",
            url: item.text("url", of: context, limit: Limit.url) ?? "", createdAt: event.timestamp,
            body: event.body)
    }

    /// Reads a report about an event: `{event_id, name, email, comments}`.
    ///
    /// Its identity follows from what it says, so that a second delivery is known.
    public static func readReport(_ payload: [UInt8], _ arrival: Arrival) throws(ItemFault) -> FeedbackDraft {
        let item = try ItemDocument(payload, arrival, scrubs: true)
        guard let event = item.text("event_id", limit: 36).flatMap({ EventID($0) }) ?? arrival.eventID else {
            throw .missing("event_id")
        }
        guard let message = item.text("comments", limit: maximumMessage) else { throw .missing("comments") }
        let name = item.text("name", limit: Limit.name) ?? ""
        let email = item.text("email", limit: Limit.email) ?? ""
        var hasher = GroupingHasher()
        hasher.combine("user report")
        for part in [event.description, message, name, email] { hasher.combine(part) }
        return FeedbackDraft(
            id: EventID(value: hasher.value), event: event, message: message, name: name, email: email,
            createdAt: arrival.receivedAt)
    }
}
