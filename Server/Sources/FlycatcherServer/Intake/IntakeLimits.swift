// How much one ingest request may be (protocol section 10).

import FlycatcherWire

/// The bounds of one ingest request, all in one place.
enum IntakeLimits {
    /// Bytes of a body as it comes; of an envelope, unless a setting says otherwise.
    static let packedBytes = 20 << 20
    /// Bytes of a body unpacked.
    static let unpackedBytes = 200 << 20
    /// Bytes of an event, and of a whole body of the store endpoint.
    static let eventBytes = 1 << 20
    /// Time in which a body must have come.
    static let bodyNanoseconds: UInt64 = 300 * 1_000_000_000
    static let clientReportBytes = 4 << 10

    /// Bytes of all attachments of a request.
    static let attachmentBytes = 100 << 20
    /// What an attachment says of itself whose content is elsewhere.
    static let placeholderType = "application/vnd.sentry.attachment-ref+json"

    /// Bytes of a request that holds a dump or late attachments, packed or not; what is around the files is small.
    static let minidumpBytes = attachmentBytes + (2 << 20)
    /// Bytes of all fields of a form that are no files.
    static let formFieldBytes = 2 << 20
    /// Bytes of what a user says.
    static let formBytes = 100 << 10
    static let checkInBytes = 100 << 10
    /// More than a normalised event has.
    static let normalizedBytes = 16 << 20
    /// Bytes of all items of an envelope that are kept in memory together.
    static let keptBytes = 16 << 20

    /// What is done with an envelope's item: what is known is read, attachments go to files, the others are only measured.
    static func policy(for item: EnvelopeItemHeader) -> EnvelopeItemPolicy {
        switch item.type {
        case "event": .keep(limit: eventBytes)
        case "client_report":
            // One that is too large is left out, which is why it is measured before it is kept.
            (item.length ?? 0) <= clientReportBytes ? .keep(limit: eventBytes) : .skip(limit: unpackedBytes)
        case "transaction", "feedback", "user_report", "span", "log", "session", "sessions":
            .keep(limit: eventBytes)
        case "trace_metric": .skip(limit: eventBytes)
        case "check_in": .keep(limit: checkInBytes)
        case "attachment" where item.contentType == placeholderType: .skip(limit: eventBytes)
        case "attachment": .pass(limit: attachmentBytes)
        default: .skip(limit: unpackedBytes)
        }
    }

    /// The data category that an item counts under (protocol section 5.4).
    static func category(ofItem type: String) -> String {
        switch type {
        case "event": "error"
        case "transaction", "attachment", "feedback", "span", "trace_metric", "profile": type
        case "session", "sessions": "session"
        case "check_in": "monitor"
        case "user_report": "feedback"
        case "log": "log_item"
        case "client_report": "internal"
        case "statsd", "metric_buckets": "metric_bucket"
        case "profile_chunk": "profile_chunk"
        case "replay_event", "replay_recording", "replay_video": "replay"
        default: "default"
        }
    }
}
