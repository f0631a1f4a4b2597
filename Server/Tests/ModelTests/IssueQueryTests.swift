// Questions for issues, and the cursors between their pages.

import Model
import Testing

@Suite struct IssueQueryTests {
    @Test(arguments: [(-5, 1), (0, 1), (1, 1), (25, 25), (100, 100), (101, 100), (Int.max, 100)])
    func `a page has one to a hundred issues`(asked: Int, given: Int) {
        #expect(IssueQuery(limit: asked).limit == given)
    }

    @Test func `unless told otherwise the newest unresolved issues are meant`() {
        let query = IssueQuery()
        #expect(query.status == .unresolved)
        #expect(query.sort == .lastSeen)
        #expect(query.project == nil && query.after == nil && query.text.isEmpty)
    }

    @Test(arguments: [(0, 1), (1_772_359_200_000_000, 42), (-7, 3), (Int64.max, Int64.max)])
    func `a cursor comes back from its text`(value: Int64, id: Int64) {
        let cursor = IssueCursor(value: value, id: IssueID(id))
        #expect(IssueCursor(cursor.description) == cursor)
    }

    @Test(arguments: [
        "", ":", "::", "1:2", "1:2:3:4", "a:2:0", "1:b:0", "1.5:2:0", " 1:2:0", "9223372036854775808:1:0",
    ])
    func `anything else is no cursor`(text: String) {
        #expect(IssueCursor(text) == nil)
    }
}
