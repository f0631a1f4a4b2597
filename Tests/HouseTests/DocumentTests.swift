// Proves that the documents tell the truth about the files.

import Foundation
import Testing

struct DocumentTests {
    @Test func `every link leads to something`() throws {
        let pages = try MarkdownPage.all()
        #expect(pages.contains { $0.path == "README.md" })

        for page in pages {
            for link in page.localLinks {
                let target = page.target(of: link)
                #expect(House.exists(target.path), "\(page.path) links to \(link)")
                guard let anchor = target.anchor, target.path.hasSuffix(".md"), House.exists(target.path)
                else {
                    continue
                }
                let headings = try MarkdownPage(path: target.path).anchors
                #expect(headings.contains(anchor), "\(page.path) links to \(link)")
            }
        }
    }

    @Test func `the path of an event is told with its files`() throws {
        let page = try MarkdownPage(path: "docs/ARCHITECTURE.md")

        let sources = page.localLinks.filter { $0.hasSuffix(".swift") }

        #expect(sources.count >= 12)
    }

    @Test func `decisions are numbered without a gap and have the four parts`() throws {
        let paths = House.files(withExtension: "md", under: "docs/decisions")
        #expect(!paths.isEmpty)

        for (index, path) in paths.enumerated() {
            let number = String(index + 1)
            let padded = String(repeating: "0", count: 4 - number.count) + number
            let page = try MarkdownPage(path: path)
            #expect(path.hasPrefix("docs/decisions/\(padded)-"))
            #expect(page.headings(level: 1).first?.hasPrefix("\(padded). ") == true, "\(path)")
            #expect(
                page.headings(level: 2) == ["Context", "Decision", "Consequences", "Alternatives"], "\(path)")
        }
    }

    @Test func `the README names the two commands`() throws {
        let text = try House.text(of: "README.md")

        #expect(text.contains("make run"))
        #expect(text.contains("make test"))
    }

    @Test func `the changelog has a place for what comes next`() throws {
        let page = try MarkdownPage(path: "CHANGELOG.md")

        #expect(page.headings(level: 2).first == "[Unreleased]")
    }
}
