// The sessions of a client: of its requests, or of the whole run.

import FlycatcherWire
import Synchronization

/// Opens sessions, tells them of events, and ends them.
///
/// There are none without a release to which they belong.
final class Sessions: Sendable {
    /// Where requests are counted; nil when they are not.
    let aggregates: SessionAggregates?
    private let attributes: SessionAttributes?
    private let application = Mutex<ApplicationSession?>(nil)
    /// Keeps what the run's session has come to where it outlives the process.
    private let mirror = Mutex<(@Sendable (_ sequence: Int, _ errorCount: Int) -> Void)?>(nil)

    init(_ settings: Settings) {
        let options = settings.options
        let attributes = settings.release.map {
            SessionAttributes(release: $0, environment: settings.environment)
        }
        self.attributes = options.autoSessionTracking ? attributes : nil
        let countsRequests = options.sessionMode == .requests
        aggregates = countsRequests ? self.attributes.map { SessionAggregates($0) } : nil
    }

    /// Begins the session of the run, and gives its first update; nil when requests are counted, or nothing.
    func begin(userID: String?) -> Parcel? {
        guard let attributes, aggregates == nil else { return nil }
        var session = ApplicationSession(attributes, userID: userID)
        let update = session.begin()
        application.withLock { $0 = session }
        // As early as events are sent, so that none of them comes with a session that nobody knows of yet.
        return Parcel(priority: .event, contents: [update])
    }

    /// The last update of the run's session, once all events have been seen; nil when it is over already.
    func finish() -> Parcel? {
        application.withLock { $0?.finish(at: .now) }.map { Parcel(priority: .health, contents: [$0]) }
    }

    /// What the session of the run is known by.
    var runSession: RunFacts.Session? {
        application.withLock { $0 }.map {
            RunFacts.Session(id: $0.id, startedAt: $0.startedAt, userID: $0.userID)
        }
    }

    /// Has the state of the run's session written down whenever it changes, from now on.
    func mirror(_ write: @escaping @Sendable (_ sequence: Int, _ errorCount: Int) -> Void) {
        mirror.withLock { $0 = write }
        noteState()
    }

    private func noteState() {
        guard let session = application.withLock({ $0 }) else { return }
        mirror.withLock { $0 }?(session.sequence, session.errorCount)
    }

    /// Tells the sessions of an event that would be sent if it were not for chance.
    ///
    /// - Returns: the update that goes with the event.
    func note(_ event: Flycatcher.Event, of capture: Capture) -> Parcel.Content? {
        if case .end(let end) = capture.content { return end.sessionUpdate }
        let fault = SessionFault(event)
        let settled = capture.report?.settle(fault) ?? fault
        capture.session?.note(settled)
        let update = application.withLock { $0?.note(settled, isFatal: event.level == .fatal, at: .now) }
        if update != nil { noteState() }
        return update
    }

    /// Ends the session of the run when an error that was told with its event turns out to have been the app's end.
    func worsen(isFatal: Bool) -> Parcel? {
        guard isFatal, let update = application.withLock({ $0?.crash(at: .now) }) else { return nil }
        noteState()
        return Parcel(priority: .health, contents: [update])
    }
}

extension Sequence<CopyOnWrite<ScopeData>> {
    /// By what the user is known that the scopes name, the most specific scope first.
    var sessionUserID: String? {
        lazy.compactMap(\.value.user).first.flatMap { $0.id ?? $0.email ?? $0.username }
    }
}
