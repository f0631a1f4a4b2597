// The wire form of transactions and their spans.

import FlycatcherWire
import TapeJSON

extension Flycatcher.Transaction {
    /// The transaction as the payload of an envelope's item (protocol section 11.1).
    func json() -> [UInt8] {
        var json = JSONDocument()
        json.put("type", "transaction", in: json.root)
        json.put("start_timestamp", root.startedAt.description, in: json.root)
        json.put("transaction_info", ["source": source.rawValue], in: json.root)
        // An empty list is a list too, and the server wants one.
        let list = json.makeArray(spans.compactMap { $0.node(in: &json) })
        json.setKey("spans", of: list)
        json.append(list, to: json.root)
        var event = event
        event.timestamp = root.endedAt
        event.contexts["trace", default: [:]].merge(root.context) { $1 }
        event.write(to: &json)
        return json.serialized(json.root)
    }

    /// The wire form within the limit for an item: what is too large gives up the spans that ended last.
    ///
    /// - Returns: nil when even the transaction alone is too large.
    func bounded(limit: Int = WireLimits.eventBytes) -> (json: [UInt8], transaction: Self)? {
        var transaction = self
        while true {
            let json = transaction.json()
            if json.count <= limit { return (json, transaction) }
            if transaction.spans.isEmpty { return nil }
            transaction.spans.removeLast((transaction.spans.count + 1) / 2)
        }
    }
}

extension Flycatcher.SpanRecord: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("trace_id", traceID.description, in: object)
        json.put("span_id", spanID.description, in: object)
        json.put("parent_span_id", parentSpanID?.description, in: object)
        json.put("op", operation, in: object)
        json.put("description", description, in: object)
        json.put("status", status?.rawValue, in: object)
        json.put("origin", origin, in: object)
        json.put("start_timestamp", startedAt.description, in: object)
        json.put("timestamp", endedAt.description, in: object)
        json.put("tags", tags.mapValues { $0.truncated(to: WireLimits.nameBytes) }, in: object)
        json.put("data", data, in: object)
        return object
    }

    /// The fields of the context `trace` of a transaction.
    var context: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "trace_id": .string(traceID.description), "span_id": .string(spanID.description),
            "op": .string(operation), "origin": .string(origin),
        ]
        fields["parent_span_id"] = (parentSpanID?.description).map { .string($0) }
        fields["status"] = (status?.rawValue).map { .string($0) }
        if !data.isEmpty { fields["data"] = .object(data) }
        return fields
    }
}
