// Writes how far the server is defending itself.

extension MetricsText {
    /// Adds the figures of the server's defences.
    func adding(_ figures: DefenceFigures) -> MetricsText {
        var text = self
        text.add(
            "flycatcher_quotas_refusing", .gauge, "Quotas that refuse at the moment.",
            figures.refusingQuotas.sorted { $0.key < $1.key }.map {
                ([("scope", $0.key.scope), ("reason", $0.key.reason)], "\($0.value)")
            })
        return text
    }
}
