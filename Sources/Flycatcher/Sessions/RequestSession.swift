// The session of one request or job.

import CFlycatcher
import FlycatcherWire
import Synchronization

extension Flycatcher {
    /// One request or job, of which the health of the app's release is told.
    ///
    /// You get one from ``Flycatcher/withSession(_:)``, which also ends it.
    public final class Session: Sendable {
        private let counted: RequestSession?
        private let outcome = Mutex<SessionOutcome?>(nil)

        init(_ counted: RequestSession?) {
            self.counted = counted
        }

        /// Says how it ends, for those who know better than whether an error was thrown; its events may say worse.
        public func setOutcome(_ outcome: SessionOutcome) {
            self.outcome.withLock { $0 = outcome }
        }

        /// Ends it as it was said, or else in the given way.
        func end(_ otherwise: SessionOutcome) {
            counted?.end(
                outcome.withLock { $0 } ?? otherwise, userID: Scopes.here.snapshot(nil).sessionUserID)
        }
    }
}

/// Notes how a request goes, and is counted once it has ended and all of its events have been seen.
final class RequestSession: Sendable {
    /// The share of a captured event in the session; when its last copy is gone, the event has been dealt with.
    final class Ticket: Sendable {
        private let session: RequestSession

        fileprivate init(_ session: RequestSession) {
            self.session = session
        }

        func note(_ fault: SessionFault) {
            session.note(fault)
        }

        deinit {
            session.settle()
        }
    }

    private struct State {
        var outcome = Flycatcher.SessionOutcome.exited
        /// How many events are on their way that may still say something.
        var pendingCount = 0
        /// Who it was for, once it has ended.
        var end: End?
        var isCounted = false
    }

    private struct End {
        let userID: String?
    }

    private let startedAt = Timestamp.now
    private let aggregates: SessionAggregates
    private let state = Mutex(State())

    init(_ aggregates: SessionAggregates) {
        self.aggregates = aggregates
        flycatcher_count_request(1)
    }

    /// Announces an event.
    func ticket() -> Ticket {
        state.withLock { $0.pendingCount += 1 }
        return Ticket(self)
    }

    /// Ends the session.
    ///
    /// - Parameters:
    ///   - outcome: how it ended as far as the caller knows; its events may say worse.
    ///   - userID: who it was for.
    func end(_ outcome: Flycatcher.SessionOutcome, userID: String?) {
        change { state in
            state.outcome = max(state.outcome, outcome)
            state.end = state.end ?? End(userID: userID)
        }
    }

    private func note(_ fault: SessionFault) {
        change { state in
            switch fault {
            case .none: break
            case .error: state.outcome = max(state.outcome, .errored)
            case .unhandled: state.outcome = .crashed
            }
        }
    }

    private func settle() {
        change { $0.pendingCount -= 1 }
    }

    /// Changes the state, and counts the session when nothing more can become of it.
    private func change(_ body: (inout State) -> Void) {
        let final = state.withLock { state -> (Flycatcher.SessionOutcome, End)? in
            body(&state)
            guard !state.isCounted, state.pendingCount == 0, let end = state.end else { return nil }
            state.isCounted = true
            return (state.outcome, end)
        }
        if let (outcome, end) = final {
            flycatcher_count_request(-1)
            aggregates.count(outcome, startedAt: startedAt, userID: end.userID)
        }
    }
}
