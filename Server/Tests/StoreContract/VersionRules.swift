// Rules about projects on their way from one version of grouping to the next, and about issues that are alike.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let versionRules = [
        Rule("G16 an event that only an earlier version knows joins its issue and brings its hash", joining),
        Rule("G16 where both versions know an issue the newer one decides", newerDecides),
        Rule("G16 a new issue owns no hash of an earlier version", newIssue),
        Rule("G16 what was discarded by an earlier version stays discarded", discardedEarlier),
        Rule("G16 a project remembers the version that it comes from, and how long", transition),
        Rule("issues that look alike are found, the likest first, in their project only", similar),
        Rule("an issue that is gone is like nothing", similarAfterMerge),
    ]

    private static func joining(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let old = try await store.record(.stub(project: project.id, hashes: [1])).issue

        let joined = try await store.record(
            .stub(project: project.id, hashes: [21, 22], earlierHashes: [9, 1]))
        let later = try await store.record(.stub(project: project.id, hashes: [22]))

        #expect(joined.issue == old && !joined.isNewIssue)
        #expect(later.issue == old)
        #expect(try await store.hashes(of: old).map(\.value) == [1, 21, 22])
    }

    private static func newerDecides(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
        ])

        let recording = try await store.record(.stub(project: project.id, hashes: [2], earlierHashes: [1]))

        #expect(recording.issue == issues[1])
    }

    private static func newIssue(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issue = try await store.record(.stub(project: project.id, hashes: [2], earlierHashes: [1])).issue

        #expect(try await store.hashes(of: issue).map(\.value) == [2])
    }

    private static func discardedEarlier(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let issue = try await store.record(.stub(project: project.id, hashes: [1])).issue
        try await store.discard(issue, at: .stub())

        for earlier in [[1], []] as [[UInt128]] {
            await expectStoreError {
                $0 == .discarded
            } from: {
                _ = try await store.record(
                    .stub(project: project.id, hashes: [2], earlierHashes: earlier))
            }
        }
    }

    private static func transition(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let settings = GroupingSettings(algorithm: "v1").moved(to: "v2", at: .stub())

        try await store.setGroupingSettings(settings, of: project.id)

        let kept = try await store.groupingSettings()[project.id]
        #expect(kept == settings)
        #expect(kept?.transition == .init(from: "v1", until: .stub(30 * 86_400)))
    }

    private static func similar(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))
        var issues: [IssueID] = []
        for (number, stack) in [1...20, 1...18, 5...24, 90...99, 1...20].enumerated() {
            let project = number == 4 ? blog : shop
            issues.append(
                try await store.record(.stub(project: project.id, hashes: [UInt128(number)])).issue)
            let sketch = IssueSketch(stack: Set(stack.map { UInt64($0) }), message: [UInt64(number)])
            try await store.setSketch(sketch, of: issues[number])
        }

        let found = try await store.similarIssues(to: issues[0], limit: 9)

        #expect(found.map(\.issue.id) == [issues[1], issues[2]])
        #expect(found.map(\.similarity.score) == found.map(\.similarity.score).sorted(by: >))
        #expect(try await store.issuesToSketch(limit: 9).isEmpty)
        #expect(try await store.similarIssues(to: issues[0], limit: 1).count == 1)
    }

    private static func similarAfterMerge(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let sketch = IssueSketch(stack: [1, 2, 3], message: [4])
        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
        ])
        #expect(try await store.issuesToSketch(limit: 9) == issues)
        for issue in issues { try await store.setSketch(sketch, of: issue) }

        let left = try await store.merge(issues)
        try await store.setSketch(sketch, of: IssueID(4711))

        #expect(try await store.similarIssues(to: left, limit: 9).isEmpty)
    }
}
