// What became of everything that was sent, as tools draw it.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /organizations/{org}/stats_v2/`: outcomes by time, grouped by any of `outcome`, `category`, `reason` and
    /// `project`.
    func stats(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let projects = try await store.projects()
        let chosen = try call.request.chosenProjects(among: projects)
        let question = try StatsQuestion(call.request)
        var slices: [OutcomeSlice] = []
        for project in projects where chosen?.contains(project.id) ?? true {
            slices += try await store.outcomes(of: project.id, in: question.spans)
        }
        return APIResponse(StatsShape(question: question, slices: slices).json)
    }
}

/// What somebody wants to know about outcomes.
struct StatsQuestion {
    enum Group: String, CaseIterable {
        case outcome
        case category
        case reason
        case project
    }

    let field: String
    let spans: HourSpans
    let groups: [Group]
    private let categories: Set<String>
    private let outcomes: Set<String>
    private let reasons: Set<String>

    init(_ request: APIRequest) throws(APIError) {
        field = request.parameter("field") ?? "sum(quantity)"
        guard field == "sum(quantity)" || field == "sum(times_seen)" else {
            throw .badRequest("field must be sum(quantity) or sum(times_seen), not \(field)")
        }
        var groups: [Group] = []
        for name in request.parameters("groupBy") {
            guard let group = Group(rawValue: name) else {
                let names = Group.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badRequest("groupBy must be one of \(names), not \(name)")
            }
            if !groups.contains(group) { groups.append(group) }
        }
        self.groups = groups
        spans = try Self.spans(request)
        categories = Set(request.parameters("category"))
        outcomes = Set(request.parameters("outcome"))
        reasons = Set(request.parameters("reason"))
    }

    /// Whether an outcome is asked for; without a wish all are.
    func concerns(_ total: OutcomeTotal) -> Bool {
        func isMeant(_ name: String, _ wanted: Set<String>) -> Bool {
            wanted.isEmpty || wanted.contains(name)
        }
        return isMeant(total.outcome.category, categories) && isMeant(total.outcome.kind.rawValue, outcomes)
            && isMeant(total.outcome.reason, reasons)
    }

    /// The spans of the time that is asked for; counters are kept by the hour.
    private static func spans(_ request: APIRequest) throws(APIError) -> HourSpans {
        var window = try TimeWindow(request)
        if window.isUnbounded {
            window.start = request.now.advanced(byMicroseconds: -90 * 86_400 * 1_000_000)
        }
        let end = window.end ?? request.now
        let start = window.start ?? end.advanced(byMicroseconds: -90 * 86_400 * 1_000_000)
        let hours = try intervalHours(request, from: start, to: end)
        let first = start.hour - (start.hour % hours + hours) % hours
        let count = (end.hour - first) / hours + 1
        guard count <= Int64(HourSpans.maximumCount) else {
            throw .badRequest(
                "that is more than \(HourSpans.maximumCount) intervals, ask for a larger interval")
        }
        return HourSpans(start: first, count: Int(count), length: hours)
    }

    /// Intervals below an hour are hours, since counters are no finer.
    private static func intervalHours(
        _ request: APIRequest, from start: Timestamp, to end: Timestamp
    ) throws(APIError) -> Int64 {
        guard let text = request.nonEmpty("interval") else {
            return (end.microseconds - start.microseconds) > 3 * 86_400 * 1_000_000 ? 24 : 1
        }
        let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            (1...10_000).contains(count)
        else { throw .badRequest("interval must be a number and m, h, d or w, such as 1h, not \(text)") }
        return max(1, count * unit / 3_600)
    }
}

/// The answer: the beginning of each interval, and for each group its sum and its series.
struct StatsShape {
    let question: StatsQuestion
    let slices: [OutcomeSlice]

    var json: JSONValue {
        let spans = question.spans
        return [
            "start": JSONValue(Self.moment(spans.start)),
            "end": JSONValue(Self.moment(spans.end)),
            "intervals": .array(
                (0..<spans.count).map { JSONValue(Self.moment(spans.start + Int64($0) * spans.length)) }),
            "groups": .array(groups),
        ]
    }

    private var groups: [JSONValue] {
        var sums: [[String]: [Int64]] = [:]
        for slice in slices where question.concerns(slice.total) {
            let names = question.groups.map { Self.name($0, of: slice.total) }
            sums[names, default: [Int64](repeating: 0, count: question.spans.count)][slice.index] +=
                slice.total.quantity
        }
        return sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { names, counts in
            [
                "by": .object(
                    zip(question.groups, names).map { group, name in
                        (key: group.rawValue, value: Self.value(group, name))
                    }),
                "totals": .object([(key: question.field, value: .integer(counts.reduce(0, +)))]),
                "series": .object([(key: question.field, value: .array(counts.map { .integer($0) }))]),
            ]
        }
    }

    private static func name(_ group: StatsQuestion.Group, of total: OutcomeTotal) -> String {
        switch group {
        case .outcome: total.outcome.kind.rawValue
        case .category: total.outcome.category
        case .reason: total.outcome.reason
        case .project: total.project.description
        }
    }

    /// Projects are numbers here, as tools expect.
    private static func value(_ group: StatsQuestion.Group, _ name: String) -> JSONValue {
        group == .project ? .integer(Int64(name) ?? 0) : JSONValue(nonEmpty: name)
    }

    private static func moment(_ hour: Int64) -> Timestamp { Timestamp(microseconds: hour * 3_600_000_000) }
}
