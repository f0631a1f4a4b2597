// Where in a trace a request was made: what the headers `sentry-trace` and `traceparent` say.

/// A place in a trace, and whether the trace is sent (protocol sections 12.1 and 12.2).
public struct SentryTrace: Hashable, Sendable {
    /// The trace.
    public var traceID: TraceID
    /// The operation that made the request.
    public var spanID: SpanID
    /// Whether the trace is sent; nil when that is for the receiver to decide.
    public var isSampled: Bool?

    /// Names a place in a trace.
    public init(traceID: TraceID, spanID: SpanID, isSampled: Bool? = nil) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads the value of a header `sentry-trace`: `<trace>-<span>` or `<trace>-<span>-<0|1>`, in either case.
    ///
    /// - Returns: nil for any other text, which counts as no header.
    public init?(sentryTrace text: some StringProtocol) {
        let parts = text.trimmed.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        guard let traceID = TraceID(parts[0]), let spanID = SpanID(parts[1]) else { return nil }
        self.init(traceID: traceID, spanID: spanID)
        guard parts.count == 3 else { return }
        guard parts[2] == "0" || parts[2] == "1" else { return nil }
        isSampled = parts[2] == "1"
    }

    /// Reads the value of a header `traceparent`, as W3C's Trace Context has it.
    ///
    /// - Returns: nil for any other text, which counts as no header.
    public init?(traceparent text: some StringProtocol) {
        let parts = text.trimmed.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, let version = UInt8(hexDigits: parts[0]), version != 0xFF else { return nil }
        // A later version may say more; version 0 has four parts and nothing else.
        guard version > 0 || parts.count == 4 else { return nil }
        guard let traceID = TraceID(parts[1]), let spanID = SpanID(parts[2]),
            let flags = UInt8(hexDigits: parts[3])
        else { return nil }
        self.init(traceID: traceID, spanID: spanID, isSampled: flags & 1 == 1)
    }

    /// The value of the header `sentry-trace` that says this.
    public var headerValue: String {
        "\(traceID)-\(spanID)" + (isSampled.map { $0 ? "-1" : "-0" } ?? "")
    }

    /// The value of the header `traceparent` that says this; it cannot leave the decision open, so that is a no.
    public var traceparent: String {
        "00-\(traceID)-\(spanID)-\(isSampled == true ? "01" : "00")"
    }
}

extension StringProtocol {
    /// The text without the blanks that may stand around a header's value.
    var trimmed: SubSequence {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        var text = drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text
    }
}
