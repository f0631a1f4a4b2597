// The first capture of an error, to which later ones of the same error add what they know.

import FlycatcherWire
import Synchronization

/// What is known about a captured error while it may be captured again.
final class Report: Sendable {
    /// How many later captures are listened to.
    private static let maximumSupplements = 10

    private struct State {
        /// What later captures said; nil once the event is made.
        var supplements: [Supplement]? = []
        var isUnhandled = false
        /// What the event said against its session; nil until it has been asked.
        var fault: SessionFault?
    }

    let eventID: EventID
    let client: ClientNumber
    let error: ErrorIdentity
    let reportedAt: ContinuousClock.Instant
    private let state = Mutex(State())

    init(_ error: ErrorIdentity, eventID: EventID, client: ClientNumber) {
        self.error = error
        self.eventID = eventID
        self.client = client
        reportedAt = .now
    }

    /// Whether a later capture found that nobody dealt with the error.
    var isUnhandled: Bool {
        state.withLock { $0.isUnhandled }
    }

    /// Adds what a later capture knows, if the event still waits for being made.
    ///
    /// - Returns: whether it comes too late for the event, and makes its session worse than the event did.
    func add(_ supplement: Supplement) -> Bool {
        state.withLock { state in
            if let count = state.supplements?.count, count < Self.maximumSupplements {
                state.supplements?.append(supplement)
            }
            state.isUnhandled = state.isUnhandled || supplement.isUnhandled
            guard supplement.isUnhandled, state.fault == .error else { return false }
            state.fault = .unhandled
            return true
        }
    }

    /// All that later captures added, for the event that is being made.
    func takeSupplements() -> [Supplement] {
        state.withLock { state in
            defer { state.supplements = nil }
            return state.supplements ?? []
        }
    }

    /// Takes down what the event says against its session.
    ///
    /// - Returns: the same, or worse when a later capture knew better.
    func settle(_ fault: SessionFault) -> SessionFault {
        state.withLock { state in
            let final = fault == .error && state.isUnhandled ? .unhandled : fault
            state.fault = final
            return final
        }
    }
}
