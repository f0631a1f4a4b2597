// What an installation holds, in numbers.

public import Model

/// The figures of an installation.
public struct Figures: Sendable {
    public let totals: StoreTotals
    /// All outcomes since the beginning, summed over the projects, most frequent first.
    public let outcomes: [(outcome: Outcome, quantity: Int64)]
}

extension Installation {
    /// Counts what there is.
    public func figures() async throws -> Figures {
        let totals = try await store.outcomes(of: nil, sinceHour: 0)
        let sums = totals.reduce(into: [Outcome: Int64]()) { $0[$1.outcome, default: 0] += $1.quantity }
        let sorted = sums.sorted { ($1.value, $0.key.text) < ($0.value, $1.key.text) }
        return Figures(totals: try await store.totals(), outcomes: sorted.map { ($0.key, $0.value) })
    }
}

extension Outcome {
    /// Kind, category and reason as one text.
    fileprivate var text: String { "\(kind.rawValue) \(category) \(reason)" }
}
