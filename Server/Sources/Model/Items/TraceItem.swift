// What traces are made of: transactions, spans and logs, kept packed.

public import FlycatcherWire

/// A transaction, spans of a trace, or log records of a trace, ready to be kept.
public struct TraceItemDraft: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case transaction
        case spans
        case logs
    }

    /// The event id of a transaction, else a digest of the content; by it a second delivery is known.
    public let id: EventID
    public let kind: Kind
    public let trace: TraceID
    public let span: SpanID?
    /// When it began.
    public let timestamp: Timestamp
    /// Microseconds from the beginning to the end.
    public let duration: Int64
    /// The name of the transaction or of the first span; the beginning of the first log record.
    public let name: String
    public let operation: String
    public let status: String
    /// The worst of the log records; nil for what has no level.
    public let level: Level?
    /// Spans or log records in it.
    public let count: Int64
    public let release: String
    public let environment: String
    /// The JSON as zstd.
    public let body: [UInt8]
    /// The size of the JSON, bytes.
    public let bodySize: Int

    public init(
        id: EventID, kind: Kind, trace: TraceID, span: SpanID? = nil, timestamp: Timestamp,
        duration: Int64 = 0,
        name: String, operation: String = "", status: String = "", level: Level? = nil, count: Int64,
        release: String = "", environment: String = "", body: [UInt8], bodySize: Int
    ) {
        self.id = id
        self.kind = kind
        self.trace = trace
        self.span = span
        self.timestamp = timestamp
        self.duration = duration
        self.name = name
        self.operation = operation
        self.status = status
        self.level = level
        self.count = count
        self.release = release
        self.environment = environment
        self.body = body
        self.bodySize = bodySize
    }
}

/// Something of a trace with what it says, unpacked.
public struct TraceItem: Hashable, Sendable {
    public let project: ProjectID
    /// Its body is the JSON itself.
    public let draft: TraceItemDraft

    public init(project: ProjectID, draft: TraceItemDraft) {
        self.project = project
        self.draft = draft
    }
}
