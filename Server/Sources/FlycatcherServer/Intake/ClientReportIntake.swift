// Counts what clients say they did not send (protocol section 19).

import Ingest
import Model
import TapeJSON

extension Intake {
    /// Distinct sums of one report that are counted.
    private static let maximumEntries = 100

    /// Adds a client report to the outcomes; one that cannot be read is counted as such and hurts nobody.
    func takeClientReport(_ payload: [UInt8], _ arrival: Arrival) {
        do {
            let report = try JSONDocument(parsing: payload)
            guard let discarded = report["discarded_events"] else { return }
            for entry in report.children(of: discarded).prefix(Self.maximumEntries) {
                guard let (outcome, quantity) = Self.outcome(of: entry, in: report) else { continue }
                outcomes.count(outcome, project: arrival.project, key: arrival.key, quantity: quantity)
            }
        } catch {
            let outcome = Outcome(.invalid, category: "internal", reason: "invalid_client_report")
            outcomes.count(outcome, project: arrival.project, key: arrival.key)
        }
    }

    private static let reasons: Set<String> = [
        "queue_overflow", "cache_overflow", "buffer_overflow", "ratelimit_backoff", "network_error",
        "sample_rate",
        "before_send", "event_processor", "send_error", "internal_sdk_error", "insufficient_data",
        "backpressure",
        "ignored", "invalid",
    ]

    private static let categories: Set<String> = [
        "error", "default", "security", "transaction", "span", "attachment", "attachment_item", "session",
        "monitor",
        "feedback", "user_report_v2", "log_item", "log_byte", "trace_metric", "trace_metric_byte",
        "metric_bucket",
        "profile", "profile_chunk", "replay", "internal",
    ]

    private static func outcome(of entry: JSONNode, in report: JSONDocument) -> (Outcome, Int64)? {
        // Clients choose the words: those that the protocol does not know share one, so that nobody fills the table.
        func word(_ key: JSONKey, among known: Set<String>) -> String? {
            report.member(key, of: entry).flatMap { report.string($0) }.map {
                known.contains($0) ? $0 : "other"
            }
        }
        guard let reason = word("reason", among: reasons), let category = word("category", among: categories),
            let quantity = report.member("quantity", of: entry).flatMap({ report.integer($0) }),
            (1...1_000_000_000).contains(quantity)
        else { return nil }
        return (Outcome(.clientDiscard, category: category, reason: reason), quantity)
    }
}
