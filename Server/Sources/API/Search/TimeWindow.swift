// The span of time that a question is about.

import FlycatcherWire

/// A span of time, open at either end.
struct TimeWindow: Equatable {
    var start: Timestamp?
    var end: Timestamp?

    /// Reads the parameters `statsPeriod`, or `start` and `end`.
    init(_ request: APIRequest) throws(APIError) {
        if let period = request.nonEmpty("statsPeriod") {
            start = request.now.advanced(byMicroseconds: -(try Self.microseconds(of: period)))
            return
        }
        start = try Self.moment("start", of: request)
        end = try Self.moment("end", of: request)
        if let start, let end, start > end { throw .badRequest("start lies behind end") }
    }

    /// Whether the window is open at both ends.
    var isUnbounded: Bool { start == nil && end == nil }

    /// Reads a number with a unit, such as `14d`.
    private static func microseconds(of period: String) throws(APIError) -> Int64 {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let unit = period.last.flatMap({ units[$0] }), let count = Int64(period.dropLast()),
            (1...maximumCount).contains(count)
        else {
            throw .badRequest("statsPeriod must be a number and s, m, h, d or w, such as 14d, not \(period)")
        }
        return count * unit * 1_000_000
    }

    /// Keeps the start of any window behind the year 1 and its arithmetic within 64 bits.
    private static let maximumCount: Int64 = 100_000

    private static func moment(_ name: String, of request: APIRequest) throws(APIError) -> Timestamp? {
        guard let text = request.nonEmpty(name) else { return nil }
        guard let moment = Timestamp(text) else {
            throw .badRequest("\(name) must be a time such as 2026-03-01T10:00:00Z, not \(text)")
        }
        return moment
    }
}

extension APIRequest {
    /// The first value of a parameter; nil when it does not come or is empty.
    func nonEmpty(_ name: String) -> String? {
        parameter(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}
