// What is lost with an envelope that is known only by its bytes.

import FlycatcherWire

extension Envelope {
    /// What its items count as (protocol section 5.4).
    var losses: [Loss] {
        items.flatMap { item -> [Loss] in
            let count = item.header.itemCount ?? 1
            switch item.header.type {
            case "event": return [Loss(.error, 1)]
            case "transaction": return [Loss(.transaction, 1), Loss(.span, 1)]
            case "attachment": return [Loss(.attachment, item.byteCount), Loss(.attachmentItem, 1)]
            case "session", "sessions": return [Loss(.session, 1)]
            case "check_in": return [Loss(.monitor, 1)]
            case "feedback", "user_report": return [Loss(.feedback, 1)]
            case "log": return [Loss(.logItem, count), Loss(.logByte, item.byteCount)]
            case "trace_metric": return [Loss(.traceMetric, count), Loss(.traceMetricByte, item.byteCount)]
            default: return []
            }
        }
    }
}
