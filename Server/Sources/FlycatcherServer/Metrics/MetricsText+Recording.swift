// Writes how recording gets on, and what became of what was sent.

import Model

extension MetricsText {
    /// Adds the figures of the recorder.
    func adding(_ figures: RecordingFigures) -> MetricsText {
        var text = self
        text.add(
            "flycatcher_queue_bytes", .gauge, "What waits to be written, or is being written.",
            [([], "\(figures.queuedBytes)")])
        text.add(
            "flycatcher_queue_limit_bytes", .gauge, "What may wait before events are refused.",
            [([], "\(figures.maximumQueuedBytes)")])
        text.add(
            figures.commitSeconds, "flycatcher_commit_seconds", "How long transactions of the recorder took.")
        text.add(
            figures.commitOrders, "flycatcher_commit_orders",
            "Events and sets of outcomes in one transaction.")
        return text
    }

    /// Adds what became of what was sent but not stored, by reason.
    func adding(_ outcomes: [Outcome: Int64]) -> MetricsText {
        var text = self
        let sorted = outcomes.map { ("\($0.key.kind.rawValue) \($0.key.category) \($0.key.reason)", $0) }
            .sorted { $0.0 < $1.0 }
        text.add(
            "flycatcher_outcomes_total", .counter, "What became of what was sent and not stored, by reason.",
            sorted.map { _, entry in
                let labels = [
                    (name: "outcome", value: entry.key.kind.rawValue),
                    (name: "category", value: entry.key.category),
                    (name: "reason", value: entry.key.reason),
                ]
                return (labels, "\(entry.value)")
            })
        return text
    }
}
