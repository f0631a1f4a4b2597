// Shows a developer what is sent, beside sending it.

import FlycatcherWire
import Synchronization

/// Posts copies of envelopes to a viewer on the developer's machine, on a thread of its own (protocol section 21.12).
final class SpotlightViewer: Sendable {
    private struct Copy: Prioritized {
        let priority = Parcel.Priority.event
        let envelope: Envelope
    }

    private struct Patience {
        var failures = 0
        var quietUntil: ContinuousClock.Instant?
    }

    private static let capacity = 30

    private let client: any HTTPClient
    private let diagnostics: Diagnostics
    private let patience = Mutex(Patience())
    private let queue = Mutex<JobQueue<Copy>?>(nil)

    /// Gets ready; nil when no viewer is wanted, or none can be reached.
    init?(_ spotlight: Flycatcher.Spotlight, _ diagnostics: Diagnostics) {
        guard let address = spotlight.address else { return nil }
        let headers = [
            ("Content-Type", "application/x-sentry-envelope"), ("User-Agent", SDKIdentity.userAgent),
        ]
        guard let client = HTTPClients.client(for: HTTPTarget(url: address, headers: headers), diagnostics)
        else { return nil }
        self.client = client
        self.diagnostics = diagnostics
        let duties = JobQueue<Copy>.Duties(work: { [self] in post($0.envelope) })
        queue.withLock { $0 = JobQueue(capacity: Self.capacity, duties: duties) }
    }

    /// Shows an envelope, soon.
    func show(_ envelope: Envelope) {
        _ = queue.withLock { $0 }?.append(Copy(envelope: envelope))
    }

    /// Waits until everything was shown.
    func flush(until deadline: ContinuousClock.Instant) -> Bool {
        queue.withLock { $0 }?.waitForJobs(until: deadline) ?? true
    }

    func close() {
        queue.withLock { queue in
            queue?.close(.dropping)
            queue = nil
        }
        client.close()
    }

    private func post(_ envelope: Envelope) {
        if let quietUntil = patience.withLock({ $0.quietUntil }), quietUntil > .now { return }
        do throws(HTTPFailure) {
            _ = try client.post(envelope.serialized(), isGzip: false)
            patience.withLock { $0 = Patience() }
        } catch {
            let failures = patience.withLock { patience in
                patience.quietUntil = .now + .seconds(1 << min(patience.failures, 6))
                patience.failures += 1
                return patience.failures
            }
            if failures == 1 { diagnostics.complain("spotlight's viewer cannot be reached: \(error)") }
        }
    }
}

/// Takes everything and sends nothing: the way to nowhere of an SDK that only shows.
struct IdleTransport: Flycatcher.Transport {
    func send(_ envelope: Envelope) -> Flycatcher.ServerAnswer { Flycatcher.ServerAnswer(status: 200) }
    func close() {}
}
