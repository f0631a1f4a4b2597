// What became of what was sent, as bars one on top of the other.

import Model

/// The bars of a chart, as one path of an SVG for each kind of outcome.
struct OutcomeChart: View {
    let slices: [OutcomeSlice]
    let period: OutcomePeriod

    private static let height = 120
    private static let step = 10

    func child(named name: String) -> Any? {
        switch name {
        case "width": String(period.spanCount * Self.step)
        case "height": String(Self.height)
        case "layers": layers
        case "label": label
        case "span": period.span
        case "highest": Count(highest).short
        default: false
        }
    }

    /// Sums by kind, then by span.
    private var sums: [[Int64]] {
        var sums = [[Int64]](
            repeating: [Int64](repeating: 0, count: period.spanCount), count: OutcomeKind.all.count)
        for slice in slices where slice.index < period.spanCount {
            guard
                let kind = OutcomeKind.all.firstIndex(where: { $0.kinds.contains(slice.total.outcome.kind) })
            else { continue }
            sums[kind][slice.index] += slice.total.quantity
        }
        return sums
    }

    private func totals(_ sums: [[Int64]]) -> [Int64] {
        (0..<period.spanCount).map { span in sums.reduce(0) { $0 + $1[span] } }
    }

    private var highest: Int64 { totals(sums).max() ?? 0 }

    private var layers: [OutcomeLayer] {
        let sums = sums
        let highest = max(totals(sums).max() ?? 0, 1)
        var floors = [Int](repeating: 0, count: period.spanCount)
        return zip(OutcomeKind.all, sums).map { kind, counts in
            var path = ""
            for (span, count) in counts.enumerated() where count > 0 {
                // What is there at all is seen.
                let height = max(
                    1, Int((Double(count) / Double(highest) * Double(Self.height - 4)).rounded()))
                path += "M\(span * Self.step) \(Self.height - floors[span])v-\(height)h8v\(height)z"
                floors[span] += height
            }
            return OutcomeLayer(name: kind.name, path: path)
        }
    }

    /// What the chart says, for those who do not see it.
    private var label: String {
        let parts = zip(OutcomeKind.all, sums).compactMap { kind, counts -> String? in
            let sum = counts.reduce(0, +)
            return sum == 0 ? nil : "\(Count(sum).exact) \(kind.title.lowercased())"
        }
        return parts.isEmpty ? "nothing was sent" : parts.joined(separator: ", ")
    }
}

private struct OutcomeLayer: View {
    let name: String
    let path: String

    func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "path": path
        default: false
        }
    }
}
