// What waits to be written, with whoever waits for it.

import Model

/// Something for the writer to do, and whom to answer once it is on disk.
enum WriteOrder: Sendable {
    case event(GroupedEvent, CheckedContinuation<Recording, any Error>)
    case enclosures(GroupedEvent?, Enclosures, CheckedContinuation<Recording?, any Error>)
    case outcomes([OutcomeKey: Int64], CheckedContinuation<Void, any Error>)

    /// What it takes of memory while it waits, about.
    var byteCount: Int {
        switch self {
        case .event(let event, _): Self.overhead + Self.byteCount(of: event)
        case .enclosures(let event, let enclosures, _):
            Self.overhead + (event.map(Self.byteCount) ?? 0) + enclosures.byteCount
        case .outcomes(let outcomes, _): Self.overhead + outcomes.count * Self.outcomeOverhead
        }
    }

    /// Answers with what became of the order.
    func succeed(with result: BatchWriter.Answer) {
        switch (self, result) {
        case (.event(_, let waiter), .success(let recording?)): waiter.resume(returning: recording)
        case (.enclosures(_, _, let waiter), .success(let recording)): waiter.resume(returning: recording)
        case (.outcomes(_, let waiter), .success(nil)): waiter.resume()
        case (_, .failure(let error)): fail(with: error)
        default: preconditionFailure("an order was answered as one of another kind")
        }
    }

    func fail(with error: StoreError) {
        switch self {
        case .event(_, let waiter): waiter.resume(throwing: error)
        case .enclosures(_, _, let waiter): waiter.resume(throwing: error)
        case .outcomes(_, let waiter): waiter.resume(throwing: error)
        }
    }

    private static func byteCount(of event: GroupedEvent) -> Int {
        event.body.count + event.tags.count * tagOverhead
    }

    private static let overhead = 1024
    private static let tagOverhead = 128
    private static let outcomeOverhead = 160
}
