// The kinds of data that limits and losses are counted by.

/// What a rate limit or a client report speaks of (protocol section 5.4).
public enum DataCategory: String, Hashable, Sendable, CaseIterable {
    /// Events with an exception, or of level error or fatal.
    case error
    /// Other events: messages.
    case message = "default"
    /// Reports that browsers make by themselves.
    case security
    /// Finished transactions.
    case transaction
    /// The spans in them.
    case span
    /// Attachments, counted in bytes.
    case attachment
    /// Attachments, counted in files.
    case attachmentItem = "attachment_item"
    /// Release-health sessions, single and aggregated.
    case session
    /// Check-ins of cron monitors.
    case monitor
    /// What users say.
    case feedback
    /// Structured log records.
    case logItem = "log_item"
    /// Structured log records, counted in bytes.
    case logByte = "log_byte"
    /// Measurements.
    case traceMetric = "trace_metric"
    /// Measurements, counted in bytes.
    case traceMetricByte = "trace_metric_byte"
    /// Legacy metrics.
    case metricBucket = "metric_bucket"
    /// Profiles of transactions.
    case profile
    /// Pieces of continuous profiles.
    case profileChunk = "profile_chunk"
    /// Recordings of a user's screen.
    case replay
    /// Client reports, which only a limit on everything holds back.
    case `internal`
}
