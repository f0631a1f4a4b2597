// The recorder for an app's own tests.

public import Flycatcher
import FlycatcherWire
import Synchronization

extension Flycatcher {
    /// Runs `body` with the SDK recording instead of sending, and gives what was reported.
    ///
    /// ```swift
    /// @Test func `a failed payment is reported once`() async throws {
    ///     let recorded = await Flycatcher.withRecordedEvents { await checkOut(cart) }
    ///
    ///     #expect(recorded.errorTypes == ["PaymentError"])
    ///     #expect(recorded.events[0].tags["tenant"] == "acme")
    /// }
    /// ```
    ///
    /// Only what the task of `body` and its child tasks capture is recorded, so tests may run at once and need not
    /// start the SDK; a detached task reports elsewhere unless ``Flycatcher/carriedScopes`` take it along. The
    /// environment's variables and a DSN in `configure` are not used. Log records and measurements are recorded too;
    /// stacks are left out unless ``Options/attachStacktrace`` is set.
    ///
    /// - Parameters:
    ///   - isolation: the actor that `body` runs on, that of the caller.
    ///   - configure: changes the options; hooks such as ``Options/beforeSend`` are asked as usual.
    ///   - body: what is tested.
    /// - Returns: what was reported.
    public static func withRecordedEvents(
        isolation: isolated (any Actor)? = #isolation, configure: (inout Options) -> Void = { _ in },
        _ body: () async throws -> Void
    ) async rethrows -> Recorded {
        let recorder = Recorder()
        try await withClient(
            configure: { options in
                options.enableLogs = true
                // Naming the calls of a stack takes seconds in a large test program.
                options.attachStacktrace = false
                options.shutdownTimeout = .seconds(30)
                configure(&options)
                recorder.listen(&options)
            }, body)
        return recorder.recorded
    }
}

/// Keeps what the hooks see last and the transport gets.
private final class Recorder: Sendable {
    private struct Seen {
        var events: [Flycatcher.Event] = []
        var logs: [Flycatcher.LogRecord] = []
        var metrics: [Flycatcher.Metric] = []
    }

    private let transport = Flycatcher.RecordingTransport()
    private let seen = Mutex(Seen())

    /// Puts itself behind the app's own hooks, and in the place of the server.
    func listen(_ options: inout Flycatcher.Options) {
        let (event, log, metric) = (options.beforeSend, options.beforeSendLog, options.beforeSendMetric)
        options.dsn = "http://recorder@localhost/1"
        options.transport = transport
        options.beforeSend = { [self] value, hint in
            guard let value = try event.map({ try $0(value, hint) }) ?? value else { return nil }
            seen.withLock { $0.events.append(value) }
            return value
        }
        options.beforeSendLog = { [self] value in
            guard let value = try log.map({ try $0(value) }) ?? value else { return nil }
            seen.withLock { $0.logs.append(value) }
            return value
        }
        options.beforeSendMetric = { [self] value in
            guard let value = try metric.map({ try $0(value) }) ?? value else { return nil }
            seen.withLock { $0.metrics.append(value) }
            return value
        }
    }

    /// What was sent; an event that chance decided against was seen and not sent.
    var recorded: Flycatcher.Recorded {
        let envelopes = transport.envelopes
        let sent = Set(envelopes.compactMap(\.header.eventID))
        return seen.withLock { seen in
            Flycatcher.Recorded(
                events: seen.events.filter { sent.contains($0.id) }, logs: seen.logs, metrics: seen.metrics,
                envelopes: envelopes)
        }
    }
}
