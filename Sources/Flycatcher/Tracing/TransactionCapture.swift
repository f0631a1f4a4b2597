// A finished transaction on its way to the worker's thread.

import FlycatcherWire

/// What ended, and what the scopes said then.
struct TransactionCapture: Sendable {
    let transaction: Flycatcher.Transaction
    let samplingContext: DynamicSamplingContext
    /// What it shares with events.
    let event: Capture
}
