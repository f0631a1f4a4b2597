// The stream's URL, both ways.

import Model
import Testing

@testable import Web

struct StreamAddressTests {
    private func address(_ items: [String: String]) -> StreamAddress {
        StreamAddress { items[$0] }
    }

    @Test func `the plain stream is the first page of unresolved issues, newest first`() throws {
        let query = try #require(address([:]).query(among: []))

        #expect(query == IssueQuery(limit: 25))
        #expect(address([:]).urlQuery.isEmpty)
    }

    @Test func `every choice stands in the URL and is read from it again`() {
        let items = [
            "query": "a b&c", "project": "shop-api", "status": "all", "sort": "freq", "trail": "9:1:0.5:3:0",
            "page": "3",
        ]

        #expect(
            address(items).urlQuery
                == "?query=a%20b%26c&project=shop-api&status=all&sort=freq&trail=9%3A1%3A0.5%3A3%3A0&page=3")
        #expect(
            address(items).query(among: [.stub()])
                == IssueQuery(
                    project: ProjectID(1), status: nil, text: "a b&c", sort: .eventCount,
                    after: IssueCursor(value: 5, id: IssueID(3)), limit: 25))
    }

    @Test func `what makes no sense is left out`() {
        let odd = address(["status": "odd", "sort": "odd", "trail": "x.1:2", "page": "-4"])

        #expect(odd == address([:]))
    }

    @Test func `a project that does not exist has no query`() {
        #expect(address(["project": "gone"]).query(among: [.stub()]) == nil)
    }

    @Test func `older and newer lead back and forth over the same places`() {
        let first = address(["sort": "new"])
        let second = first.older(from: IssueCursor(value: 9, id: IssueID(1)))
        let third = second.older(from: IssueCursor(value: 5, id: IssueID(3)))

        #expect(third.page == 3)
        #expect(third.newer == second)
        #expect(second.newer == first)
        #expect(first.newer == nil)
    }

    @Test func `the way back is remembered for a bounded number of pages`() {
        var deep = address([:])
        for step in 0..<1000 { deep = deep.older(from: IssueCursor(value: Int64(-step), id: IssueID(1))) }

        #expect(deep.trail.count == StreamAddress.maximumTrail)
        #expect(deep.page == 1001)
        #expect(deep.urlQuery.utf8.count < 700)
    }

    @Test func `another choice begins on its first page`() {
        let deep = address(["trail": "9:1:0", "page": "2", "query": "x"])

        #expect(deep.changed { $0.view = .all } == address(["query": "x", "status": "all"]))
    }

    @Test func `an endless search text is cut`() {
        #expect(address(["query": String(repeating: "x", count: 100_000)]).text.count == 400)
    }
}
