// Log records and measurements: noted on the caller's thread, completed and sent on the worker's.

import FlycatcherWire

extension Client {
    func log(_ record: Flycatcher.LogRecord) {
        logs.map { add(record, to: $0) }
    }

    func take(_ metric: Flycatcher.Metric) {
        metrics.map { add(metric, to: $0) }
    }

    private func add<Entry: BatchEntry>(_ entry: Entry, to batch: EntryBatch<Entry>) {
        guard !Hook.isRunning else { return }
        let scopes = Scopes.here.snapshot(nil)
        var entry = entry
        entry.inherited = InheritedAttributes(scopes)
        let position = tracer.position
        entry.traceID = entry.traceID ?? position.place.traceID.description
        if case .span(let span) = position { entry.spanID = entry.spanID ?? span.spanID.description }
        if batch.append(entry) { drainSoon(batch) }
    }
}

extension EntryBatch<Flycatcher.LogRecord> {
    /// Where log records wait; nil when the options want none.
    static func logs(_ settings: Settings, _ discards: Discards) -> EntryBatch? {
        guard settings.options.enableLogs else { return nil }
        return EntryBatch(settings, discards, hook: "beforeSendLog", settings.options.beforeSendLog)
    }
}

extension EntryBatch<Flycatcher.Metric> {
    /// Where measurements wait; nil when the options want none.
    static func metrics(_ settings: Settings, _ discards: Discards) -> EntryBatch? {
        guard settings.options.enableMetrics else { return nil }
        return EntryBatch(settings, discards, hook: "beforeSendMetric", settings.options.beforeSendMetric)
    }
}

extension EntryBatch {
    /// A batch whose entries get the scopes' attributes and the defaults, and are then shown to the app's hook.
    convenience init(
        _ settings: Settings, _ discards: Discards, hook name: String,
        _ hook: (@Sendable (Entry) throws -> Entry?)?
    ) {
        self.init(discards) { entry in
            var entry = entry
            entry.settle()
            entry.inherited.fill(&entry.attributes, settings)
            guard let hook else { return entry }
            return Hook.ask(name, settings.diagnostics) { try hook(entry) }
        }
    }
}
