// What the caller's thread notes down when something is captured; the rest is done elsewhere.

import FlycatcherWire

/// Everything an event needs that must be read at the moment of capture.
struct Capture: Sendable {
    enum Content: Sendable {
        /// The mechanism says who noticed the error, when it was not the app.
        case error(any Error, Flycatcher.Mechanism?)
        case message(Flycatcher.Message, Flycatcher.Level?)
        case event(Flycatcher.Event)
        case feedback(Flycatcher.Feedback)
        case line(Flycatcher.LoggedLine)
        /// The end of an earlier run of the program.
        case end(RunEnd)

        /// Whether the place of the capture explains something.
        var wantsStack: Bool {
            switch self {
            case .error, .message, .line: true
            case .event, .feedback, .end: false
            }
        }

        /// What limits and losses count it as: an SDK says `error` for messages too (protocol section 5.4).
        var category: DataCategory {
            if case .feedback = self { .feedback } else { .error }
        }

        /// The identity of the event: that which the app gave it, or a new one.
        var eventID: EventID {
            if case .event(let event) = self { event.id } else { EventID() }
        }

        /// The error, if it is one.
        var error: (any Error)? {
            switch self {
            case .error(let error, _): error
            case .line(let line): line.error
            case .message, .event, .feedback, .end: nil
            }
        }
    }

    let id: EventID
    let capturedAt: Timestamp
    let content: Content
    private let snapshots: [CopyOnWrite<ScopeData>]
    /// The calls that led to the capture; nil for an error whose throw is known.
    let stack: CallStack?
    /// Where the error was thrown, and who captured it, to find where its causes were thrown.
    let thrown: Thrown?
    /// To which later captures of the same error add what they know.
    let report: Report?
    /// Where in a trace it happened.
    let trace: TracePosition
    /// Its share in the session of the request that it happened in.
    let session: RequestSession.Ticket?

    /// What the scopes said, the most specific first.
    var scopes: [ScopeData] { snapshots.map(\.value) }

    /// Whether it tells of a run that is over, whose trace and session are not those of this one.
    var isOfEarlierRun: Bool {
        if case .end = content { true } else { false }
    }

    /// What goes with it, that of the outermost scope first.
    var attachments: [Flycatcher.Attachment] {
        scopes.attachments
    }

    init(
        id: EventID, content: Content, scopes: [CopyOnWrite<ScopeData>], trace: TracePosition,
        stack: CallStack? = nil, thrown: Thrown? = nil, report: Report? = nil,
        session: RequestSession.Ticket? = nil
    ) {
        self.id = id
        capturedAt = .now
        self.content = content
        snapshots = scopes
        self.stack = stack
        self.thrown = thrown
        self.report = report
        self.trace = trace
        self.session = session
    }
}

extension [ScopeData] {
    /// What goes with an event under these scopes, that of the outermost first.
    var attachments: [Flycatcher.Attachment] {
        reversed().flatMap(\.attachments)
    }
}
