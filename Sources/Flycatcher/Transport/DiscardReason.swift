// Why something was not delivered.

/// The reason of a loss, as the protocol calls it (section 19).
enum DiscardReason: String, Hashable, Sendable {
    /// Too much was waiting to be sent.
    case queueOverflow = "queue_overflow"
    /// Too much was waiting on disk.
    case cacheOverflow = "cache_overflow"
    /// Too much was waiting for its batch.
    case bufferOverflow = "buffer_overflow"
    /// The server had asked for a pause.
    case rateLimitBackoff = "ratelimit_backoff"
    /// The server could not be reached.
    case networkError = "network_error"
    /// The server refused it.
    case sendError = "send_error"
    /// Chance decided against it.
    case sampleRate = "sample_rate"
    /// Chance decided against it, because the SDK is under pressure.
    case backpressure
    /// The app's `beforeSend` did not want it.
    case beforeSend = "before_send"
    /// An event processor or the list of ignored errors did not want it.
    case eventProcessor = "event_processor"
    /// It was too large, or could not be read.
    case invalid
    /// The SDK could not put it into the form that travels.
    case internalError = "internal_sdk_error"
}
