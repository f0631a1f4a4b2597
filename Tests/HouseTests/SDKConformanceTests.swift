// Proves that the table of what an SDK must do names a test for every line, and that the tests are there.

import Testing

struct SDKConformanceTests {
    @Test func `the tests that the table names exist`() throws {
        let lines = try ConformanceLine.all()

        #expect(lines.count > 100)
        for line in lines {
            let text = House.exists(line.file) ? try House.text(of: line.file) : ""
            #expect(!line.tests.isEmpty, "\(line.id) names no test")
            for test in line.tests {
                let isThere = text.contains("`\(test)`(") || text.contains("def \(test)(")
                #expect(isThere, "\(line.id): there is no test \"\(test)\" in \(line.file)")
            }
        }
    }

    @Test(.enabled(if: House.exists(checklist), "the checklist ../shared/sdk-behaviours.md is not there"))
    func `no line of the checklist is missing`() throws {
        let asked = try MarkdownPage(path: Self.checklist).tableRows
            .filter { $0.count == 5 && ["M", "S"].contains($0[1]) }.map { $0[0] }

        let shown = Set(try ConformanceLine.all().map(\.id))

        #expect(asked.count > 100)
        #expect(asked.filter { !shown.contains($0) } == [])
    }

    private static let checklist = "../shared/sdk-behaviours.md"
}

/// A row of `docs/sdk-conformance.md`: a line of the checklist, and tests of one file that show it.
private struct ConformanceLine {
    let id: String
    let tests: [String]
    let file: String

    static func all() throws -> [ConformanceLine] {
        try MarkdownPage(path: "docs/sdk-conformance.md").tableRows.compactMap { cells in
            guard cells.count == 3, cells[0].wholeMatch(of: /[A-Z]\d+/) != nil else { return nil }
            let tests = cells[1].matches(of: /`([^`]+)`/).map { String($0.1) }
            return ConformanceLine(id: cells[0], tests: tests, file: cells[2].filter { $0 != "`" })
        }
    }
}
