// Rules about limits.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let quotaRules = [
        Rule("the last count of a quota is kept, until its windows have ended", countsKept),
        Rule("the count of a quota keeps its mark", marksKept),
        Rule("what was accepted is summed of all, of projects and of keys", acceptedSums),
        Rule("what a project may bring is kept, and every process hears of it", allowancesKept),
        Rule("a project that is not there may bring nothing", allowanceOfNobody),
    ]

    private static func countsKept(_ store: any Store) async throws {
        let early = QuotaCount(quota: "project 1 burst_limit", window: 7, endsAt: 480, used: 3)
        let late = QuotaCount(quota: "key 1 key_limit", window: 1, endsAt: 7200, used: 5)
        try await store.setQuotaCounts([early, late], at: Timestamp(microseconds: 0))
        let more = QuotaCount(quota: late.quota, window: 1, endsAt: 7200, used: 6)

        try await store.setQuotaCounts([more], at: Timestamp(microseconds: 480_000_000))
        #expect(Set(try await store.quotaCounts()) == [early, more])
        try await store.setQuotaCounts([], at: Timestamp(microseconds: 481_000_000))
        #expect(try await store.quotaCounts() == [more])
    }

    private static func marksKept(_ store: any Store) async throws {
        let ranges = [
            AcceptedRange(project: nil, key: nil, sinceHour: 3),
            AcceptedRange(project: ProjectID(7), key: nil, sinceHour: 4),
            AcceptedRange(project: ProjectID(7), key: 9, sinceHour: 5),
        ]
        let counts = ranges.enumerated().map { index, range in
            QuotaCount(
                quota: "\(index)", window: 1, endsAt: 10, used: 2,
                mark: QuotaMark(range: range, accepted: Int64(index)))
        }

        try await store.setQuotaCounts(counts, at: Timestamp(microseconds: 0))

        #expect(try await store.quotaCounts() == counts)
    }

    private static func acceptedSums(_ store: any Store) async throws {
        let hour = Timestamp.stub().hour
        func key(
            _ project: Int64, _ key: Int64, _ category: String, _ kind: Outcome.Kind = .accepted,
            hour offset: Int64 = 0
        ) -> OutcomeKey {
            OutcomeKey(
                project: ProjectID(project), key: key, outcome: Outcome(kind, category: category),
                hour: hour + offset)
        }
        try await store.count([
            key(1, 1, "error"): 1, key(1, 2, "default"): 2, key(1, 1, "session"): 4,
            key(1, 1, "error", .rateLimited): 8, key(1, 1, "error", hour: -1): 16,
            key(1, 1, "security", hour: 1): 32, key(2, 3, "error"): 64, key(1, 1, "span"): 128,
        ])
        func range(_ project: Int64?, _ key: Int64? = nil, from offset: Int64 = 0) -> AcceptedRange {
            AcceptedRange(project: project.map { ProjectID($0) }, key: key, sinceHour: hour + offset)
        }

        let sums = try await store.accepted(in: [
            range(nil), range(1), range(1, 1), range(1, 1, from: -1), range(9), range(2, from: 1),
        ])

        #expect(sums.map(\.count) == [99, 35, 37, 53, 0, 0])
        #expect(sums.map(\.lastHour) == [hour + 1, hour + 1, hour + 1, hour + 1, nil, nil])
    }

    private static func allowancesKept(_ store: any Store) async throws {
        let project = try await store.makeProject().id
        let version = try await store.projectsVersion()
        let limit = try #require(KeyLimit(count: 5, windowSeconds: 60))
        let allowance = ProjectAllowance(
            burst: .unlimited, quota: .limited(limit), spikes: .limited(minimum: 7), keepsAll: true)

        try await store.setAllowance(ProjectAllowance(), of: project)
        try await store.setAllowance(allowance, of: project)

        #expect(try await store.allowances() == [project: allowance])
        #expect(try await store.projectsVersion() > version)
    }

    private static func allowanceOfNobody(_ store: any Store) async throws {
        await expectStoreError {
            if case .missing = $0 { true } else { false }
        } from: {
            try await store.setAllowance(ProjectAllowance(), of: ProjectID(99))
        }
    }
}
