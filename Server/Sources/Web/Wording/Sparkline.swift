// Events per day as small bars.

/// The bars of a small chart, as the path of an SVG of 24 units height.
struct Sparkline: View {
    let counts: [Int64]

    func child(named name: String) -> Any? {
        switch name {
        case "path": path
        case "width": String(max(counts.count, 1) * Self.step)
        case "label": label
        default: false
        }
    }

    /// One closed rectangle a day; a day without events is a line of one unit, so that the axis is seen.
    var path: String {
        let highest = max(counts.max() ?? 0, 1)
        return counts.enumerated().map { day, count in
            let height = count <= 0 ? 1 : max(2, Int((Double(count) / Double(highest) * 22).rounded()))
            return "M\(day * Self.step) 24v-\(height)h6v\(height)z"
        }.joined()
    }

    /// What the chart says, for those who do not see it.
    var label: String {
        let sum = counts.reduce(0, &+)
        return "\(Count(sum).of("event")) in \(counts.count) days, "
            + "at most \(Count(counts.max() ?? 0).exact) a day, \(Count(counts.last ?? 0).exact) today"
    }

    private static let step = 8
}
