// How measurements travel: many in one item.

import FlycatcherWire
import TapeJSON

extension Flycatcher.Metric: BatchEntry {
    static let kind = BatchKind(
        itemType: "trace_metric", contentType: "application/vnd.sentry.items.trace-metric+json",
        category: .traceMetric, byteCategory: .traceMetricByte)

    var size: Int {
        name.utf8.count + attributes.attributeSize + 128
    }

    mutating func settle() {
        if let tally { value = tally.take() }
        tally = nil
    }

    /// The measurement's wire form (protocol section 18); what is no number has none.
    func node(in json: inout JSONDocument) -> JSONNode? {
        guard value.isFinite else { return nil }
        let metric = json.makeObject()
        json.put("timestamp", Flycatcher.JSONValue.double(timestamp.seconds), in: metric)
        json.put("trace_id", traceID, in: metric)
        json.put("span_id", spanID, in: metric)
        json.put("name", name.truncated(to: WireLimits.nameBytes), in: metric)
        json.put("type", kind.rawValue, in: metric)
        json.put("value", Flycatcher.JSONValue.double(value), in: metric)
        json.put("unit", unit, in: metric)
        json.put("attributes", Attributes(attributes), in: metric)
        return metric
    }
}
