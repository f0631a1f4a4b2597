// Tells a project of the errors of the server itself, without ever going round in circles.

import Logging
import Synchronization

/// An error of the server, as its log has it.
public struct SelfReport: Hashable, Sendable {
    /// What went wrong, in the same words each time.
    public let message: String
    /// The circumstances, by name.
    public let details: [String: String]
}

/// Hands errors of the log on to whoever reports them, at most so many in a minute.
///
/// Two things keep an error in storing a report from making the next one: what goes wrong while an event of the project
/// itself is stored is logged as a warning, which is not reported; and whatever goes round in another way ends at the bound.
final class SelfReports: Sendable {
    /// Reports in a minute; more are only in the log.
    static let maximumPerMinute = 10

    private struct State {
        var minute: UInt64 = 0
        var count = 0
        var send: (@Sendable (SelfReport) -> Void)?
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> UInt64

    /// - Parameter now: nanoseconds of a clock that only goes forward.
    init(now: @escaping @Sendable () -> UInt64 = monotonicNanoseconds) {
        self.now = now
    }

    /// Begins to hand on; before it there is nobody who could report.
    func start(_ send: @escaping @Sendable (SelfReport) -> Void) {
        state.withLock { $0.send = send }
    }

    func report(_ message: String, _ pairs: Logger.Metadata) {
        let minute = now() / 60_000_000_000
        let send = state.withLock { state -> (@Sendable (SelfReport) -> Void)? in
            if state.minute != minute { (state.minute, state.count) = (minute, 0) }
            guard state.send != nil, state.count < Self.maximumPerMinute else { return nil }
            state.count += 1
            return state.send
        }
        guard let send else { return }
        let details = pairs.mapValues { LogRedaction.redacted("\($0)") }
        send(SelfReport(message: LogRedaction.redacted(message), details: details))
    }
}
