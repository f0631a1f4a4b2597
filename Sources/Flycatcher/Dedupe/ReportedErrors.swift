// The errors that were captured lately, so that the same one is sent once.

import Synchronization

/// What an isolation scope knows of errors: those captured in it, and in isolation scopes inside it.
///
/// An error on its way out is often captured more than once: by the code that caught and rethrew it, by a log line, by
/// a middleware. Those further out know of it, while another request that meets the same object, such as an error
/// that is a constant, does not.
final class ReportedErrors: Sendable {
    /// How many errors are remembered.
    static let capacity = 32
    /// How long: what is captured again later has happened again.
    static let memory = Duration.seconds(60)

    private let reports = Mutex(Ring<Report>())

    /// The report of the same error, or the new one if there is none.
    func first(or new: Report) -> Report {
        reports.withLock { reports in
            let known = reports.last {
                $0.client == new.client && $0.error.isSame(as: new.error)
                    && $0.reportedAt.duration(to: new.reportedAt) < Self.memory
            }
            if let known { return known }
            reports.append(new, limit: Self.capacity)
            return new
        }
    }

    func append(_ report: Report) {
        reports.withLock { $0.append(report, limit: Self.capacity) }
    }
}

extension Scopes {
    /// The report of an error that was captured before, or `new`, which is remembered then.
    func firstReport(or new: Report) -> Report {
        guard let innermost = reported.first else { return new }
        let first = innermost.first(or: new)
        if first === new {
            for enclosing in reported.dropFirst() { enclosing.append(new) }
        }
        return first
    }
}
