// Reads transactions, spans and logs (protocol sections 11 and 17).

import FlycatcherWire
public import Model
import TapeJSON

/// Makes parts of traces of what clients send.
public enum TraceReader {
    public static let maximumSpans = 1000
    public static let maximumLogs = 100

    // MARK: Transactions

    /// What a transaction says that makes it one.
    public struct Transaction: Sendable {
        let trace: TraceID
        let span: SpanID
        let operation: String
        let status: String
        let duration: Int64
        /// Spans in it.
        public let spanCount: Int64
    }

    /// Looks whether an event is a whole transaction, before the pipeline fills in what is missing.
    public static func readTransaction(
        _ payload: [UInt8], _ arrival: Arrival
    ) throws(ItemFault) -> Transaction {
        let item = try ItemDocument(payload, arrival, scrubs: false)
        guard let end = item.moment("timestamp") else { throw .missing("timestamp") }
        guard let start = item.moment("start_timestamp"), start <= end else {
            throw .missing("start_timestamp")
        }
        guard let context = item.member("contexts").flatMap({ item.member("trace", of: $0) }),
            let trace = item.text("trace_id", of: context, limit: 32).flatMap({ TraceID($0) }),
            let span = item.text("span_id", of: context, limit: 16).flatMap({ SpanID($0) })
        else { throw .missing("trace_context") }
        let spans = item.member("spans").map { item.json.children(of: $0) }
        for span in spans.map({ Array($0) }) ?? [] {
            guard item.text("trace_id", of: span, limit: 32).flatMap({ TraceID($0) }) != nil,
                item.text("span_id", of: span, limit: 16).flatMap({ SpanID($0) }) != nil,
                let start = item.moment("start_timestamp", of: span),
                let end = item.moment("timestamp", of: span),
                start <= end
            else { throw .missing("span_fields") }
        }
        return Transaction(
            trace: trace, span: span, operation: item.text("op", of: context, limit: 64) ?? "",
            status: item.text("status", of: context, limit: 32) ?? "",
            duration: end.microseconds - start.microseconds,
            spanCount: Int64(item.member("spans").map { item.json.count($0) } ?? 0))
    }

    /// A transaction that went through the pipeline.
    public static func item(_ transaction: Transaction, _ event: GroupedEvent) -> TraceItemDraft {
        TraceItemDraft(
            id: event.id, kind: .transaction, trace: transaction.trace, span: transaction.span,
            timestamp: event.timestamp.advanced(byMicroseconds: -transaction.duration),
            duration: transaction.duration,
            name: event.facts.transaction.isEmpty ? event.facts.title : event.facts.transaction,
            operation: transaction.operation, status: transaction.status, count: transaction.spanCount,
            release: event.facts.release, environment: event.facts.environment, body: event.body,
            bodySize: event.bodySize)
    }

    // MARK: Containers

    /// What came out of a container: one draft for each trace in it.
    public struct Contents: Sendable {
        public var items: [TraceItemDraft] = []
        /// Entries that are kept.
        public var count: Int64 = 0
        /// Bytes of the entries that are kept.
        public var byteCount: Int64 = 0
        /// Entries that are none.
        public var invalidCount: Int64 = 0
    }

    /// Reads the payload of a `span` item.
    public static func readSpans(
        _ payload: [UInt8], _ arrival: Arrival, pack: ([UInt8]) -> [UInt8]
    ) throws(ItemFault) -> Contents {
        try read(payload, arrival, limit: maximumSpans, pack: pack) { item, node in
            guard let start = item.moment("start_timestamp", of: node),
                let end = item.moment("end_timestamp", of: node) ?? item.moment("timestamp", of: node),
                start <= end,
                let span = item.text("span_id", of: node, limit: 16).flatMap({ SpanID($0) }),
                let name = item.text("name", of: node, limit: 200) ?? item.text(
                    "description", of: node, limit: 200)
                    ?? item.text("op", of: node, limit: 200)
            else { return nil }
            let attributes = item.member("attributes", of: node)
            return Entry(
                kind: .spans, span: span, start: start, end: end, name: name,
                operation: item.attribute("sentry.op", of: attributes) ?? item.text("op", of: node, limit: 64)
                    ?? "",
                status: item.text("status", of: node, limit: 32) ?? "",
                release: item.attribute("sentry.release", of: attributes) ?? "",
                environment: item.attribute("sentry.environment", of: attributes) ?? "",
                isLeading: item.member("is_segment", of: node).flatMap { item.json.bool($0) } ?? false)
        }
    }

    /// Reads the payload of a `log` item.
    public static func readLogs(
        _ payload: [UInt8], _ arrival: Arrival, pack: ([UInt8]) -> [UInt8]
    ) throws(ItemFault) -> Contents {
        try read(payload, arrival, limit: maximumLogs, pack: pack) { item, node in
            guard let moment = item.moment("timestamp", of: node),
                let body = item.text("body", of: node, limit: 200),
                let level = item.text("level", of: node, limit: 16)
            else { return nil }
            let attributes = item.member("attributes", of: node)
            return Entry(
                kind: .logs, span: item.text("span_id", of: node, limit: 16).flatMap { SpanID($0) },
                start: moment,
                end: moment, name: body, level: Level(lenient: level) ?? .info,
                release: item.attribute("sentry.release", of: attributes) ?? "",
                environment: item.attribute("sentry.environment", of: attributes) ?? "")
        }
    }

    /// One span or log record.
    private struct Entry {
        let kind: TraceItemDraft.Kind
        var span: SpanID?
        let start: Timestamp
        let end: Timestamp
        let name: String
        var operation = ""
        var status = ""
        var level: Level?
        var release = ""
        var environment = ""
        /// Whether it speaks for the others of its trace.
        var isLeading = false
    }

    private static func read(
        _ payload: [UInt8], _ arrival: Arrival, limit: Int, pack: ([UInt8]) -> [UInt8],
        _ makeEntry: (ItemDocument, JSONNode) -> Entry?
    ) throws(ItemFault) -> Contents {
        let item = try ItemDocument(payload, arrival, scrubs: true)
        guard let list = item.member("items"), item.json.kind(list) == .array else { throw .missing("items") }
        guard item.json.count(list) <= limit else { throw .tooMany }
        var contents = Contents()
        var traces: [TraceID: (entries: [Entry], nodes: [JSONNode])] = [:]
        for node in item.json.children(of: list) {
            guard let trace = item.text("trace_id", of: node, limit: 32).flatMap({ TraceID($0) }),
                let entry = makeEntry(item, node)
            else {
                contents.invalidCount += 1
                continue
            }
            traces[trace, default: ([], [])].entries.append(entry)
            traces[trace]?.nodes.append(node)
            contents.count += 1
        }
        for (trace, found) in traces {
            let draft = draft(of: trace, found.entries, found.nodes, item, pack)
            contents.byteCount += Int64(draft?.bodySize ?? 0)
            if let draft { contents.items.append(draft) }
        }
        return contents
    }

    private static func draft(
        of trace: TraceID, _ entries: [Entry], _ nodes: [JSONNode], _ item: ItemDocument,
        _ pack: ([UInt8]) -> [UInt8]
    ) -> TraceItemDraft? {
        guard let leading = entries.first(where: \.isLeading) ?? entries.first,
            let start = entries.map(\.start).min(), let end = entries.map(\.end).max()
        else { return nil }
        let json = list(of: nodes, item)
        var hasher = GroupingHasher()
        hasher.combine(json.span)
        let (duration, isEndless) = end.microseconds.subtractingReportingOverflow(start.microseconds)
        return TraceItemDraft(
            id: EventID(value: hasher.value), kind: leading.kind, trace: trace, span: leading.span,
            timestamp: item.corrected(start) ?? start, duration: isEndless ? 0 : duration, name: leading.name,
            operation: leading.operation, status: leading.status, level: entries.compactMap(\.level).max(),
            count: Int64(entries.count), release: String(leading.release.prefix(Limit.release)),
            environment: String(leading.environment.prefix(Limit.environment)), body: pack(json),
            bodySize: json.count)
    }

    private static func list(of nodes: [JSONNode], _ item: ItemDocument) -> [UInt8] {
        var json = Array(#"{"items":["#.utf8)
        for (index, node) in nodes.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            item.json.write(node, to: &json)
        }
        json += "]}".utf8
        return json
    }
}

extension ItemDocument {
    /// The text of `{"key": {"value": …, "type": …}}`.
    fileprivate func attribute(_ key: JSONKey, of attributes: JSONNode?) -> String? {
        guard let attributes, let attribute = member(key, of: attributes) else { return nil }
        return text("value", of: attribute, limit: 200)
    }
}
