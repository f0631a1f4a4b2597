// Rules about which issue an event belongs to.

import FlycatcherWire
import Model
import Testing

extension StoreContract {
    static let groupingRules = [
        Rule("events with a common hash share an issue", commonHash),
        Rule("hashes of two projects never meet", hashesPerProject),
        Rule("an event brings its unknown hashes into the issue that it finds", hashesJoin),
        Rule("the first known hash decides between two issues", firstKnownHash),
        Rule("a hash stays with the issue that owns it", hashesStay),
        Rule("G18 concurrent first events of one hash make one issue", racingFirstEvents),
        Rule("G18 concurrent events with chained hashes make one issue per chain", racingChains),
        Rule("issues are numbered from one in their project", numbering),
    ]

    private static func commonHash(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [7]), .stub(project: project.id, hashes: [7]),
            .stub(project: project.id, hashes: [8]),
        ])

        #expect(issues[0] == issues[1])
        #expect(issues[0] != issues[2])
        #expect(try await store.totals().issues == 2)
    }

    private static func hashesPerProject(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))

        let issues = try await store.record(all: [.stub(project: shop.id), .stub(project: blog.id)])

        #expect(issues[0] != issues[1])
    }

    private static func hashesJoin(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2, 1, 3, 2]),
            .stub(project: project.id, hashes: [2]), .stub(project: project.id, hashes: [3]),
        ])

        #expect(Set(issues).count == 1)
    }

    private static func firstKnownHash(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let known = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
        ])

        let issues = try await store.record(all: [
            .stub(project: project.id, hashes: [9, 2, 1]), .stub(project: project.id, hashes: [1, 2]),
            .stub(project: project.id, hashes: [9]),
        ])

        #expect(issues == [known[1], known[0], known[1]])
    }

    private static func hashesStay(_ store: any Store) async throws {
        let project = try await store.makeProject()
        let known = try await store.record(all: [
            .stub(project: project.id, hashes: [1]), .stub(project: project.id, hashes: [2]),
            .stub(project: project.id, hashes: [1, 2]),
        ])

        #expect(try await store.record(.stub(project: project.id, hashes: [2])).issue == known[1])
    }

    private static func racingFirstEvents(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let recordings = try await withThrowingTaskGroup(of: Recording.self) { group in
            for _ in 0..<400 {
                group.addTask { try await store.record(.stub(project: project.id, hashes: [5])) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(Set(recordings.map(\.issue)).count == 1)
        #expect(recordings.filter(\.isNewIssue).count == 1)
        #expect(try await store.issue(recordings[0].issue)?.eventCount == 400)
        #expect(try await store.totals().issues == 1)
    }

    private static func racingChains(_ store: any Store) async throws {
        let project = try await store.makeProject()

        let issues = try await withThrowingTaskGroup(of: (UInt128, IssueID).self) { group in
            for number in 0..<300 {
                let chain = UInt128(number % 10) * 1000
                let hashes = [chain, chain + 1 + UInt128(number)]
                group.addTask {
                    (chain, try await store.record(.stub(project: project.id, hashes: hashes)).issue)
                }
            }
            return try await group.reduce(into: [UInt128: Set<IssueID>]()) {
                $0[$1.0, default: []].insert($1.1)
            }
        }

        #expect(issues.values.allSatisfy { $0.count == 1 })
        #expect(try await store.totals().issues == 10)
    }

    private static func numbering(_ store: any Store) async throws {
        let (shop, blog) = (try await store.makeProject(), try await store.makeProject("Blog"))

        let issues = try await store.record(all: [
            .stub(project: shop.id, hashes: [1]), .stub(project: blog.id, hashes: [1]),
            .stub(project: shop.id, hashes: [2]),
        ])

        var names: [String] = []
        for issue in issues { names.append(try await store.issue(issue)?.shortID.description ?? "none") }
        #expect(names == ["FLY-1", "BLOG-1", "FLY-2"])
        #expect(try await store.issue(ShortID(prefix: "BLOG", number: 1))?.id == issues[1])
        #expect(try await store.issue(ShortID(prefix: "BLOG", number: 2)) == nil)
    }
}
