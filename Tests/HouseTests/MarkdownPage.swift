// A page of the documentation, as far as these tests look into it.

import Foundation

/// A Markdown file.
struct MarkdownPage {
    let path: String
    /// The lines outside fenced code.
    let lines: [String]

    init(path: String) throws {
        self.path = path
        var isCode = false
        lines = try House.text(of: path).split(separator: "\n", omittingEmptySubsequences: false).compactMap {
            line in
            if line.hasPrefix("```") { isCode.toggle() }
            return isCode || line.hasPrefix("```") ? nil : String(line)
        }
    }

    /// Every page of the repository.
    static func all() throws -> [MarkdownPage] {
        try House.files(withExtension: "md").map(MarkdownPage.init)
    }

    /// The texts of the headings of a level.
    func headings(level: Int) -> [String] {
        let mark = String(repeating: "#", count: level) + " "
        return lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    }

    /// What the links that lead into the repository point at.
    var localLinks: [String] {
        lines.flatMap { line in line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) } }
            .filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
    }

    /// The names under which other pages link to the headings of this one.
    var anchors: Set<String> {
        Set((1...4).flatMap(headings).map(Self.anchor))
    }

    /// The path that a link leads to, relative to the root, and the heading there.
    func target(of link: String) -> (path: String, anchor: String?) {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let anchor = parts.count > 1 ? parts[1] : nil
        guard !parts[0].isEmpty else { return (path: path, anchor: anchor) }
        let folder = path.contains("/") ? path.split(separator: "/").dropLast().joined(separator: "/") : ""
        return (path: Self.resolved("\(folder)/\(parts[0])"), anchor: anchor)
    }

    /// The cells of the rows of all tables, without the rules under the heads.
    var tableRows: [[String]] {
        lines.filter { $0.hasPrefix("|") && !$0.hasPrefix("|--") && !$0.hasPrefix("| --") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    private static func anchor(of heading: String) -> String {
        let kept = heading.lowercased().filter {
            $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
        }
        return kept.replacing(" ", with: "-")
    }

    /// Takes `.` and `..` out of a path.
    private static func resolved(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
