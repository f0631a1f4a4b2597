// Why an event was not delivered.

/// The reason of a loss, as the protocol calls it (section 19).
enum DiscardReason: String, Sendable {
    /// Too much was waiting.
    case queueOverflow = "queue_overflow"
    /// The server had asked for a pause.
    case rateLimitBackoff = "ratelimit_backoff"
    /// The server could not be reached.
    case networkError = "network_error"
    /// The server refused it.
    case sendError = "send_error"
    /// The SDK could not put it into the form that travels.
    case internalError = "internal_sdk_error"
}
