// What waits for the worker's thread.

import FlycatcherWire

/// A thing that was captured and still has to be put into its form, or one that only has to be sent.
enum Job: Prioritized {
    case capture(Capture)
    case transaction(TransactionCapture)
    case parcel(Parcel)
    /// A batch that has enough for an item; what is in it is not lost with the job.
    case batch(any Batch)
    /// A run that ended before this one; its file stays until it has been reported.
    case earlierRun(EarlierRun)

    var priority: Parcel.Priority {
        switch self {
        case .capture, .earlierRun: .event
        case .transaction: .trace
        case .parcel(let parcel): parcel.priority
        case .batch: .bulk
        }
    }

    /// What is lost with it.
    var losses: [Loss] {
        switch self {
        case .capture(let capture):
            [Loss(capture.content.category, 1)] + capture.attachments.flatMap(\.losses)
        case .transaction(let capture): capture.transaction.losses
        case .parcel(let parcel): parcel.losses
        case .batch, .earlierRun: []
        }
    }
}
