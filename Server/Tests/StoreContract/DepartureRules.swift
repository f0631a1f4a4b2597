// Rules about merging and removing issues that are too large for one transaction.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let departureRules = [
        Rule("G17 a large issue that is merged is gone at once, and events old and new go right", largeMerge),
        Rule("G17 a large issue that is deleted is gone at once, and its events follow", largeDelete),
        Rule("G17 an issue that is merged into one that is merged itself ends where that ends", chainedMerge),
        Rule("G17 an issue that takes in another may be deleted meanwhile", deletedTarget),
    ]

    /// More than what moves at once.
    private static let many = 1010

    private static func largeMerge(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let source = try await store.recordMany(many, of: project, hash: 1)
        let target = try await store.recordMany(many + 1, of: project, hash: 2)

        let merged = try await store.merge([source, target])

        #expect(merged == target)
        #expect(try await store.issue(source) == nil)
        #expect(try await store.issues(IssueQuery(project: project.id)).total == 1)
        let between = GroupedEvent.stub(
            project: project.id, timestamp: .stub(-9), tags: [Tag("a", "x")], hashes: [1])
        #expect(try await store.record(between).issue == target)
        try await store.finishDepartures()
        let issue = try #require(try await store.issue(target))
        #expect(issue.eventCount == Int64(2 * many + 2) && issue.userCount == Int64(many + 1))
        let place = try #require(try await store.event(.latest, of: target)).position
        #expect(place.index == issue.eventCount && place.count == issue.eventCount)
        #expect(try await store.event(.oldest, of: target)?.summary.id == between.id)
        #expect(try await store.tagFacets(of: target, valueLimit: 1).first?.total == issue.eventCount)
        #expect(try await store.totals().issues == 1)
    }

    private static func largeDelete(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.recordMany(many, of: project, hash: 1)

        try await store.delete(issue)

        #expect(try await store.issue(issue) == nil)
        #expect(try await store.issues(IssueQuery(project: project.id)).issues.isEmpty)
        let next = try await store.record(.stub(project: project.id, hashes: [1]))
        #expect(next.isNewIssue)
        try await store.finishDepartures()
        #expect(try await store.totals().events == 1)
        #expect(try await store.totals().issues == 1)
        #expect(try await store.issue(next.issue)?.eventCount == 1)
    }

    private static func chainedMerge(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let first = try await store.recordMany(many, of: project, hash: 1)
        let second = try await store.recordMany(many + 1, of: project, hash: 2)
        let third = try await store.recordMany(2 * many + 2, of: project, hash: 3)

        _ = try await store.merge([first, second])
        let left = try await store.merge([second, third])
        try await store.finishDepartures()

        #expect(left == third)
        #expect(try await store.issue(left)?.eventCount == Int64(4 * many + 3))
        #expect(try await store.hashes(of: left).count == 3)
        #expect(try await store.totals().issues == 1)
    }

    private static func deletedTarget(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let source = try await store.recordMany(many, of: project, hash: 1)
        let target = try await store.recordMany(many + 1, of: project, hash: 2)

        _ = try await store.merge([source, target])
        try await store.delete(target)
        try await store.finishDepartures()

        #expect(try await store.totals().events == 0)
        #expect(try await store.totals().issues == 0)
    }
}

extension Store {
    /// Records so many events of one hash at once, each of a user of its own, and says which issue they are in.
    fileprivate func recordMany(_ count: Int, of project: Project, hash: UInt128) async throws -> IssueID {
        try await withThrowingTaskGroup(of: IssueID.self) { group in
            for number in 0..<count {
                let event = GroupedEvent.stub(
                    project: project.id, timestamp: .stub(Int64(number)), tags: [Tag("a", "x")],
                    user: UserDigest(UInt64(number)), hashes: [hash])
                group.addTask { try await record(event).issue }
            }
            let issues = try await group.reduce(into: Set<IssueID>()) { $0.insert($1) }
            return try #require(issues.count == 1 ? issues.first : nil)
        }
    }

    /// Goes on until nothing is on its way.
    func finishDepartures() async throws {
        while try await continueDepartures() {}
    }
}
