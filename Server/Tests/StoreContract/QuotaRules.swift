// Rules about limits.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let quotaRules = [
        Rule("the last count of a quota is kept, until its windows have ended", countsKept),
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

    private static func allowancesKept(_ store: any Store) async throws {
        let project = try await store.makeProject().id
        let version = try await store.projectsVersion()
        let limit = try #require(KeyLimit(count: 5, windowSeconds: 60))
        let allowance = ProjectAllowance(burst: .unlimited, quota: .limited(limit), keepsAll: true)

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
