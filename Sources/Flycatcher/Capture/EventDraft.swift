// An event on its way through the pipeline.

/// The working form of an event: what was captured, and what the steps have made of it.
struct EventDraft {
    let capture: Capture
    private(set) var hint: Flycatcher.Hint
    var event: Flycatcher.Event
    /// What the event changes about the session of the app's run, which goes with it.
    var sessionUpdate: Parcel.Content?

    init(_ capture: Capture) {
        self.capture = capture
        hint = Flycatcher.Hint(error: capture.content.error, attachments: capture.attachments)
        event = Flycatcher.Event(id: capture.id)
    }

    /// Attaches what is not attached yet.
    mutating func add(attachments: [Flycatcher.Attachment]) {
        guard !attachments.isEmpty else { return }
        var all = hint.attachments
        for attachment in attachments where !all.contains(attachment) { all.append(attachment) }
        hint = Flycatcher.Hint(error: hint.error, attachments: all)
    }
}

/// Why a step of the pipeline drops an event.
enum EventDrop: Error, Hashable {
    /// The options name it among the errors to ignore.
    case ignored
    /// An event processor did not want it.
    case refusedByProcessor
    /// `beforeSend` did not want it.
    case refusedByBeforeSend
    /// Chance decided against it.
    case sampledOut
    /// Not even its most important parts fit into the limits.
    case tooLarge

    /// Under which reason it is counted.
    var reason: DiscardReason {
        switch self {
        case .ignored, .refusedByProcessor: .eventProcessor
        case .refusedByBeforeSend: .beforeSend
        case .sampledOut: .sampleRate
        case .tooLarge: .internalError
        }
    }
}
