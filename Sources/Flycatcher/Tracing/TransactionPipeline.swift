// The path from a finished transaction to what travels.

import FlycatcherWire

/// Makes transactions whole and puts them into parcels, on the worker's thread.
final class TransactionPipeline: Sendable {
    private let settings: Settings
    private let discards: Discards
    private let events: EventPipeline

    /// Shares scopes, processors and defaults with the pipeline of events.
    init(_ settings: Settings, _ discards: Discards, _ events: EventPipeline) {
        self.settings = settings
        self.discards = discards
        self.events = events
    }

    /// The parcel of a finished transaction; nil when it was dropped, which is counted.
    func parcel(from capture: TransactionCapture) -> Parcel? {
        var transaction = capture.transaction
        guard !isIgnored(transaction), var event = events.completed(capture.event) else {
            return drop(transaction, .eventProcessor)
        }
        // What says how an event came about has no place in the story that the spans tell.
        event.breadcrumbs = []
        event.fingerprint = []
        event.modules = [:]
        transaction.event = event
        transaction.spans = transaction.spans.map(reviewed)
        guard let wanted = reviewed(transaction) else { return drop(transaction, .beforeSend) }
        note(wanted.spans.count - transaction.spans.count, .beforeSend)
        guard let (json, sent) = wanted.bounded() else { return drop(wanted, .internalError) }
        note(sent.spans.count - wanted.spans.count, .bufferOverflow)
        return parcel(json, sent, capture)
    }

    private func isIgnored(_ transaction: Flycatcher.Transaction) -> Bool {
        if settings.options.ignoreTransactions.matches(transaction.name) { return true }
        guard case .integer(let status)? = transaction.root.data["http.response.status_code"] else {
            return false
        }
        return settings.options.traceIgnoreStatusCodes.contains(status)
    }

    /// The span as `beforeSendSpan` wants it, which may change it but not drop it.
    private func reviewed(_ span: Flycatcher.SpanRecord) -> Flycatcher.SpanRecord {
        guard let hook = settings.options.beforeSendSpan else { return span }
        return Hook.ask("beforeSendSpan", settings.diagnostics) { try hook(span) } ?? span
    }

    private func reviewed(_ transaction: Flycatcher.Transaction) -> Flycatcher.Transaction? {
        guard let hook = settings.options.beforeSendTransaction else { return transaction }
        var answer = Hook.ask("beforeSendTransaction", settings.diagnostics) { try hook(transaction) }
        answer?.event.id = transaction.event.id
        return answer
    }

    private func parcel(
        _ json: [UInt8], _ transaction: Flycatcher.Transaction, _ capture: TransactionCapture
    ) -> Parcel {
        let header = EnvelopeItemHeader(type: "transaction", contentType: "application/json")
        var content = Parcel.Content(EnvelopeItem(header: header, payload: .kept(json)), .transaction)
        content.losses = transaction.losses
        let attachments = capture.event.attachments.filter(\.isAddedToTransactions)
        return Parcel(
            priority: .trace, eventID: transaction.event.id, trace: capture.samplingContext.envelopeTrace,
            contents: [content] + events.attachments.contents(of: attachments))
    }

    private func drop(_ transaction: Flycatcher.Transaction, _ reason: DiscardReason) -> Parcel? {
        discards.record(transaction.losses, reason)
        return nil
    }

    /// Counts spans that were taken out; fewer than none.
    private func note(_ difference: Int, _ reason: DiscardReason) {
        if difference < 0 { discards.record([Loss(.span, -difference)], reason) }
    }
}
