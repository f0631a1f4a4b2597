// The small graph beside an issue: events per bucket of time.

import FlycatcherWire
import Model

/// Events of issues over the last days, one number a UTC day.
struct IssueStats {
    /// The name of the period that the caller asked for, such as `14d`; nil when none is wanted.
    let period: String?
    let firstDay: Int64
    let counts: [IssueID: [Int64]]

    static let none = IssueStats(period: nil, firstDay: 0, counts: [:])

    /// `{"14d": [[second, events], …]}`, oldest first.
    func json(of issue: IssueID) -> JSONValue {
        guard let period else { return [:] }
        let points = counts[issue, default: []].enumerated().map { offset, count -> JSONValue in
            [.integer((firstDay + Int64(offset)) * 86_400), .integer(count)]
        }
        return .object([(key: period, value: .array(points))])
    }
}

/// How far back the graph reaches.
enum StatsPeriod: String {
    case day = "24h"
    case fortnight = "14d"
    case month = "30d"

    /// Reads the parameter `groupStatsPeriod`; nil when it asks for no graph.
    init?(parameter: String?) throws(APIError) {
        switch parameter {
        case nil, "24h": self = .day
        case "14d", "auto": self = .fortnight
        case "": return nil
        case let other?: throw .badRequest("groupStatsPeriod must be empty, 24h, 14d or auto, not \(other)")
        }
    }

    /// UTC days that the period touches; the store counts by the day, so that 24 hours are two of them.
    var days: Int {
        switch self {
        case .day: 2
        case .fortnight: 14
        case .month: 30
        }
    }

    /// Reads the graphs of some issues.
    func stats(of issues: [Issue], from store: any Store, now: Timestamp) async throws -> IssueStats {
        guard !issues.isEmpty else { return .none }
        let counts = try await store.dailyCounts(of: issues.map(\.id), days: days, today: now)
        let today = Int64((now.seconds / 86_400).rounded(.down))
        return IssueStats(period: rawValue, firstDay: today - Int64(days) + 1, counts: counts)
    }
}
