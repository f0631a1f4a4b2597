// How log records travel: many in one item.

import FlycatcherWire
import TapeJSON

extension Flycatcher.LogRecord: BatchEntry {
    static let kind = BatchKind(
        itemType: "log", contentType: "application/vnd.sentry.items.log+json", category: .logItem,
        byteCategory: .logByte)

    var size: Int {
        body.utf8.count + attributes.attributeSize + 128
    }

    /// The record's wire form (protocol section 17).
    func node(in json: inout JSONDocument) -> JSONNode? {
        let record = json.makeObject()
        json.put("timestamp", Flycatcher.JSONValue.double(timestamp.seconds), in: record)
        json.put("trace_id", traceID, in: record)
        json.put("span_id", spanID, in: record)
        json.put("level", level.rawValue, in: record)
        json.put("severity_number", severityNumber, in: record)
        json.put("body", body, in: record)
        json.put("attributes", Attributes(attributes), in: record)
        return record
    }
}
