// Tests what quotas let in together, and that they remember.

import FlycatcherWire
import Logging
import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct QuotaBookTests {
    let temporary: TemporaryStore
    let clock = HandClock()

    init() throws {
        temporary = try TemporaryStore()
    }

    private func book(_ plan: QuotaPlan = QuotaPlan()) -> QuotaBook {
        QuotaBook(
            plan, store: temporary.store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { [clock] in clock.now })
    }

    private func entry(key: Int64 = 1, project: Int64 = 1, limit: KeyLimit? = nil) -> ProjectEntry {
        let project = Project(
            id: ProjectID(project), slug: "shop", name: "Shop", platform: "", shortPrefix: "SHOP",
            createdAt: clock.now, firstEventAt: nil)
        let key = ProjectKey(
            id: key, project: project.id, publicKey: "k\(key)", label: "", isEnabled: true,
            createdAt: clock.now, limit: limit)
        return ProjectEntry(project: project, key: key)
    }

    private func limit(_ count: Int64, _ seconds: Int64 = 60) -> KeyLimit? {
        KeyLimit(count: count, windowSeconds: seconds)
    }

    @Test func `an item is counted by all quotas or by none`() {
        let book = book(QuotaPlan(project: limit(3), installation: limit(2)))

        #expect(book.admit("error", from: entry()).isEmpty)
        #expect(book.admit("error", from: entry(key: 2, project: 2)).isEmpty)
        let refused = book.admit("error", from: entry())

        #expect(refused.map(\.scope) == ["organization"])
        // The project's own quota has counted one of its three, and not the one that was refused.
        clock.advance(seconds: 60)
        #expect((0..<2).allSatisfy { _ in book.admit("error", from: entry()).isEmpty })
        #expect(book.admit("error", from: entry()).map(\.reason) == ["installation_limit"])
    }

    @Test func `every exhausted quota is named`() {
        let book = book(QuotaPlan(project: limit(1), installation: limit(1, 3600)))
        _ = book.admit("error", from: entry())

        let limits = book.admit("default", from: entry())

        #expect(limits.map(\.reason) == ["project_limit", "installation_limit"])
        #expect(
            limits.last?.entry.hasSuffix(":error;default;security:organization:installation_limit") == true)
        #expect(limits.allSatisfy { (1...3600).contains($0.seconds) })
    }

    @Test func `quotas of events leave the rest alone`() {
        let book = book(QuotaPlan(project: limit(0)))

        #expect(book.admit("session", from: entry()).isEmpty)
        #expect(book.admit("monitor", from: entry()).isEmpty)
        #expect(!book.admit("security", from: entry()).isEmpty)
        #expect(book.limitsOnEverything(from: entry()).isEmpty)
        #expect(book.standingLimits(from: entry()).map(\.scope) == ["project"])
    }

    @Test func `the limit of a key is for everything, and can be changed at any time`() {
        let book = book()
        let strict = entry(limit: limit(1))
        _ = book.admit("session", from: strict)

        #expect(
            book.admit("error", from: strict).map(\.entry.description).first?.hasSuffix("::key:key_limit")
                == true)
        #expect(book.limitsOnEverything(from: strict).count == 1)
        #expect(book.admit("error", from: entry(key: 2)).isEmpty)
        #expect(book.admit("error", from: entry(limit: limit(5))).isEmpty)
        #expect(book.admit("error", from: entry()).isEmpty)
    }

    @Test func `what was taken back can be used again`() {
        let book = book(QuotaPlan(project: limit(1)))
        _ = book.admit("error", from: entry())
        book.refund("error", key: 1)

        #expect(book.admit("error", from: entry()).isEmpty)
    }

    @Test func `a project may have more or less than the others`() {
        let book = book(QuotaPlan(burst: limit(1), project: limit(1)))
        let few = KeyLimit(count: 2, windowSeconds: 60).map(Allowance.limited) ?? .standard
        book.setAllowances([ProjectID(1): ProjectAllowance(burst: .unlimited, quota: few)], of: [])

        #expect((0..<2).allSatisfy { _ in book.admit("error", from: entry()).isEmpty })
        #expect(book.admit("error", from: entry()).map(\.reason) == ["project_limit"])
        #expect(book.admit("error", from: entry(key: 2, project: 2)).isEmpty)
        #expect(!book.admit("error", from: entry(key: 2, project: 2)).isEmpty)
    }

    @Test func `an hour of calm is saved up`() {
        let book = book(QuotaPlan(burst: QuotaPlan.standardBurst))
        let admitted = (0..<40_000).prefix { _ in book.admit("error", from: entry()).isEmpty }.count

        #expect(admitted == 36_000)
        clock.advance(seconds: 60)
        #expect((0..<1000).prefix { _ in book.admit("error", from: entry()).isEmpty }.count == 600)
    }

    @Test func `counts outlive a restart`() async throws {
        let first = book(QuotaPlan(project: limit(2, 3600)))
        _ = first.admit("error", from: entry())
        _ = first.admit("error", from: entry())
        await first.save()
        first.setAllowances([ProjectID(2): ProjectAllowance(keepsAll: true)], of: [entry()])
        await first.save()

        let second = book(QuotaPlan(project: limit(2, 3600)))
        try await second.load()

        #expect(!second.admit("error", from: entry()).isEmpty)
        #expect(second.refusals.map(\.quota.reason) == ["project_limit"])
    }

    @Test func `what was accepted after the last count was stored is not let in again after a kill`()
        async throws
    {
        let plan = QuotaPlan(project: limit(5, 3600), installation: limit(7, 86_400))
        let (strict, other) = (entry(limit: limit(6, 3600)), entry(key: 2, project: 2))
        let first = book(plan)
        first.setAllowances([:], of: [strict, other])
        await first.save()
        _ = first.admit("error", from: strict)
        await first.save()
        try await accept(3, of: strict)
        try await accept(1, of: strict, "session")
        try await accept(2, of: other)

        let second = book(plan)
        try await second.load()
        second.setAllowances([:], of: [strict, other])

        // One was stored, three came late: one place is left of the project's five, and one of the key's six.
        #expect(second.admit("error", from: strict).isEmpty)
        #expect(
            second.admit("error", from: strict).map(\.reason)
                == ["key_limit", "project_limit", "installation_limit"])
        // Of all together five came late, so that the one above was the last.
        #expect(second.admit("error", from: other).map(\.reason) == ["installation_limit"])
    }

    @Test func `what came before the last window counts no more, and nothing is added twice`() async throws {
        let plan = QuotaPlan(project: limit(5, 3600))
        let first = book(plan)
        first.setAllowances([:], of: [entry()])
        await first.save()
        try await accept(5, of: entry())
        let second = book(plan)
        try await second.load()
        second.setAllowances([:], of: [entry()])
        #expect(!second.admit("error", from: entry()).isEmpty)
        await second.saveLast()

        let third = book(plan)
        try await third.load()
        third.setAllowances([:], of: [entry()])
        #expect(!third.admit("error", from: entry()).isEmpty)
        clock.advance(seconds: 7200)
        #expect((0..<5).allSatisfy { _ in third.admit("error", from: entry()).isEmpty })
    }

    private func accept(
        _ count: Int64, of entry: ProjectEntry, _ category: String = "error", hoursAgo: Int64 = 0
    ) async throws {
        let key = OutcomeKey(
            project: entry.project.id, key: entry.key.id, outcome: Outcome(.accepted, category: category),
            hour: clock.now.hour - hoursAgo)
        try await temporary.store.count([key: count])
    }

    @Test func `more than was to be expected is held back, but never less than the minimum`() async throws {
        let book = book(QuotaPlan(spikes: 20))
        let (busy, quiet, brave) = (entry(), entry(key: 2, project: 2), entry(key: 3, project: 3))
        for hour in 1...48 { try await accept(10, of: busy, hoursAgo: Int64(hour)) }
        // What is accepted of other things is no sign of events to come.
        try await accept(100_000, of: quiet, "session", hoursAgo: 24)
        book.setAllowances(
            [brave.project.id: ProjectAllowance(spikes: .unlimited)], of: [busy, quiet, brave])

        await book.foresee()

        func admitted(_ entry: ProjectEntry) -> Int {
            (0..<100).count { _ in book.admit("error", from: entry).isEmpty }
        }
        #expect((49...50).contains(admitted(busy)))
        #expect(admitted(quiet) == 20 && admitted(brave) == 100)
        #expect(book.admit("error", from: busy).map(\.reason) == ["spike_protection"])
        #expect(book.admit("session", from: busy).isEmpty)
        #expect(book.spikeLimit(of: quiet.project.id) == 20 && book.spikeLimit(of: brave.project.id) == nil)
        #expect(
            Set(book.refusals.map(\.quota.name)) == [
                "project 1 spike_protection", "project 2 spike_protection",
            ])
    }

    @Test func `what is expected is looked at anew when an hour begins`() async throws {
        let book = book(QuotaPlan(spikes: 1))
        book.setAllowances([:], of: [entry()])
        await book.foresee()
        #expect(book.spikeLimit(of: ProjectID(1)) == 1)
        try await accept(100, of: entry())

        await book.foresee()
        #expect(book.spikeLimit(of: ProjectID(1)) == 1)
        clock.advance(seconds: 3600)
        await book.foresee()

        #expect(book.spikeLimit(of: ProjectID(1)) == 500)
        #expect((0..<1000).count { _ in book.admit("error", from: entry()).isEmpty } == 500)
    }

    @Test func `a project whose future nobody knows yet is held back by nothing`() {
        let book = book(QuotaPlan(spikes: 1))

        #expect((0..<9).allSatisfy { _ in book.admit("error", from: entry()).isEmpty })
    }

    @Test func `racing items never exceed a limit`() async {
        let book = book(QuotaPlan(project: limit(500)))
        let entry = entry()

        let admitted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<200).count { _ in book.admit("error", from: entry).isEmpty } }
            }
            return await group.reduce(0, +)
        }

        #expect(admitted == 500)
    }
}

/// A clock that moves when it is told to, from a moment at which all windows of the tests begin.
final class HandClock: Sendable {
    private let moment = Mutex(Timestamp(microseconds: 1_772_359_200_000_000))

    var now: Timestamp { moment.withLock { $0 } }

    func advance(seconds: Int64) {
        moment.withLock { $0 = $0.advanced(byMicroseconds: seconds * 1_000_000) }
    }
}
