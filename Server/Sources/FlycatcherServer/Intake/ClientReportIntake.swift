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

    private static func outcome(of entry: JSONNode, in report: JSONDocument) -> (Outcome, Int64)? {
        func word(_ key: StaticString) -> String? {
            report.member(key, of: entry).flatMap { report.string($0) }.map { String($0.prefix(64)) }
        }
        guard let reason = word("reason"), let category = word("category"),
            let quantity = report.member("quantity", of: entry).flatMap({ report.integer($0) }),
            (1...1_000_000_000).contains(quantity)
        else { return nil }
        return (Outcome(.clientDiscard, category: category, reason: reason), quantity)
    }
}
