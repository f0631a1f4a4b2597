// A number that changes often and is sent seldom.

import Synchronization

extension Flycatcher {
    /// Keeps what a counter or gauge comes to between two sendings, so that each is one measurement, whatever its pace.
    package final class Tally: Sendable {
        private struct State {
            var value = 0.0
            var isListed = false
        }

        private let metric: Metric
        private let state = Mutex(State())

        /// Begins at nothing.
        ///
        /// - Parameter metric: what is sent, but for its value and moment.
        package init(_ metric: Metric) {
            self.metric = metric
        }

        /// Adds to the value.
        package func add(_ amount: Double) {
            change { $0 += amount }
        }

        /// Puts another value in the place of the last.
        package func set(_ value: Double) {
            change { $0 = value }
        }

        /// Changes the value, and has it sent with the next batch unless that is arranged already.
        private func change(_ body: (inout Double) -> Void) {
            guard let client = ActiveClient.current, client.metrics != nil else { return }
            let isFirst = state.withLock { state in
                body(&state.value)
                defer { state.isListed = true }
                return !state.isListed
            }
            guard isFirst else { return }
            var metric = metric
            metric.timestamp = .now
            metric.tally = self
            client.take(metric)
        }

        /// What has come together; a counter begins at nothing again, a gauge stays where it is.
        func take() -> Double {
            state.withLock { state in
                defer {
                    state.isListed = false
                    if metric.kind == .counter { state.value = 0 }
                }
                return state.value
            }
        }
    }
}

extension Flycatcher.Tally: Hashable {
    package static func == (lhs: Flycatcher.Tally, rhs: Flycatcher.Tally) -> Bool { lhs === rhs }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
