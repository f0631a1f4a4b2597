// Proves that the document of the web API lists every path that is answered, and no other.

import Testing

struct WebAPIDocumentTests {
    @Test func `the document and the table of routes agree`() throws {
        let page = try MarkdownPage(path: "docs/web-api.md")
        let source = try House.text(of: "Server/Sources/API/WebAPI+Routes.swift")

        let told = page.tableRows.filter { $0.count == 3 && $0[0].hasSuffix("/`") }.map {
            // A method may stand in front of the path.
            String($0[0].filter { $0 != "`" }.split(separator: " ").last ?? "")
        }
        let routes = source.matches(of: /Route\(\s*"([^"]*)"/).map { $0.1.isEmpty ? "/" : String($0.1) }

        #expect(routes.count > 10)
        #expect(told == routes)
    }
}
