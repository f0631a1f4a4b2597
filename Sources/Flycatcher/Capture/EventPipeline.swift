// The path from what was captured to what travels.

import FlycatcherWire

/// Makes an event whole and puts it into a parcel; runs on the worker's thread.
final class EventPipeline: Sendable {
    private let settings: Settings
    private let discards: Discards
    private let builder: EventBuilder
    private let attachments: AttachmentItems

    init(_ settings: Settings, _ discards: Discards) {
        self.settings = settings
        self.discards = discards
        builder = EventBuilder(settings)
        attachments = AttachmentItems(settings, discards)
    }

    /// The parcel of a captured event; nil when the event was dropped, which is counted.
    func parcel(from capture: Capture) -> Parcel? {
        let event = builder.event(from: capture)
        let category = event.category
        guard let payload = event.boundedJSON() else {
            discards.record([Loss(category, 1)], .internalError)
            return nil
        }
        let header = EnvelopeItemHeader(type: "event", contentType: "application/json")
        var content = Parcel.Content(EnvelopeItem(header: header, payload: .kept(payload)), category)
        if event.exceptions.isEmpty { content.limitedAs = .message }
        return Parcel(
            priority: .event, eventID: event.id, trace: samplingContext(of: event),
            contents: [content] + attachments.contents(of: capture.attachments))
    }

    private func samplingContext(of event: Flycatcher.Event) -> [String: String] {
        var context = ["trace_id": builder.trace.traceID]
        context["public_key"] = settings.dsn?.publicKey
        context["release"] = event.release
        context["environment"] = event.environment
        return context
    }
}

extension Flycatcher.Event {
    /// What limits and losses count the event as: an SDK says `error` for messages too (protocol section 5.4).
    var category: DataCategory { .error }
}
