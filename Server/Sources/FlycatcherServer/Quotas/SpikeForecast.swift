// Says from what a project brought in a week what it may bring in the next hour without anything being amiss.

/// A projection of the next hour, from the hours before it.
///
/// An hour counts the more the shorter ago it is, and the nearer its time of the day: what comes every night is no
/// spike, and what grows from week to week raises its own bound.
enum SpikeForecast {
    /// How many hours are looked at: a week.
    static let hourCount = 168
    /// An hour may bring so many times what was to be expected.
    private static let slack = 5.0

    /// - Parameter history: accepted events by hour, the oldest first; the last is the hour that has just ended.
    /// - Returns: how many events the next hour may bring; 0 for a project without a past.
    static func projection(of history: [Int64]) -> Int64 {
        let recent = history.suffix(hourCount).reversed()
        // A young project is judged by the hours that it has been there.
        guard let first = Array(recent).lastIndex(where: { $0 > 0 }) else { return 0 }
        var (sum, weight) = (0.0, 0.0)
        for (count, share) in zip(recent, weights).prefix(first + 1) {
            sum += Double(count) * share
            weight += share
        }
        return Int64(min(sum / weight * slack, Double(Int64.max / 2)))
    }

    /// By hours ago, the last hour first.
    private static let weights: [Double] = (1...hourCount).map { hours in
        recency(hours) * nearness(hours % 24)
    }

    /// Half as much after two days.
    private static func recency(_ hours: Int) -> Double {
        var (share, left) = (1.0, hours)
        while left >= 48 { (share, left) = (share / 2, left - 48) }
        return share * (1 - Double(left) / 96)
    }

    /// By hours between the times of the day.
    private static func nearness(_ hours: Int) -> Double {
        switch min(hours, 24 - hours) {
        case 0: 1
        case 1: 0.5
        case 2: 0.25
        default: 0.05
        }
    }
}
