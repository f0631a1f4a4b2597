// The first capture of an error, to which later ones of the same error add what they know.

import FlycatcherWire
import Synchronization

/// What is known about a captured error while it may be captured again.
final class Report: Sendable {
    /// How many later captures are listened to.
    private static let maximumSupplements = 10

    let eventID: EventID
    let client: ClientNumber
    let error: ErrorIdentity
    let reportedAt: ContinuousClock.Instant
    /// What the scopes of later captures said; nil once the event is made.
    private let supplements = Mutex<[CopyOnWrite<ScopeData>]?>([])

    init(_ error: ErrorIdentity, eventID: EventID, client: ClientNumber) {
        self.error = error
        self.eventID = eventID
        self.client = client
        reportedAt = .now
    }

    /// Adds what the scopes around a later capture say, if the event still waits for being made.
    func supplement(with scopes: [CopyOnWrite<ScopeData>]) {
        supplements.withLock { supplements in
            guard let count = supplements?.count, count < Self.maximumSupplements * scopes.count else {
                return
            }
            supplements?.append(contentsOf: scopes)
        }
    }

    /// All that later captures added, for the event that is being made.
    func takeSupplements() -> [ScopeData] {
        supplements.withLock { supplements in
            defer { supplements = nil }
            return (supplements ?? []).map(\.value)
        }
    }
}
