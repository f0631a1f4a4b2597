// What is read as JSON can be walked, edited and written, and reads again as the same.

import TapeJSON

enum JSONTarget {
    static func complaint(about bytes: [UInt8]) -> String? {
        // Most of what a fuzzer makes is refused, and that is all there is to it.
        guard var document = try? JSONDocument(parsing: bytes) else { return nil }
        let compact = document.serialized(document.root)
        guard isSame(document.serialized(document.root, blanks: .kept), compact) else {
            return "with its blanks kept it is another text"
        }
        guard isSame(compact, compact) else { return "what it writes does not read as the same" }
        guard count(document, document.root) <= document.nodeCount else {
            return "a node stands in two places"
        }
        edit(&document, document.root)
        let edited = document.serialized(document.root)
        return isSame(edited, edited) ? nil : "what it writes after edits does not read as the same"
    }

    /// Whether a text reads, and is then written as the other one.
    private static func isSame(_ text: [UInt8], _ other: [UInt8]) -> Bool {
        // A text that is refused is none of the same.
        guard let document = try? JSONDocument(parsing: text) else { return false }
        return document.repairedNodes.isEmpty && document.serialized(document.root) == other
    }

    /// How many values there are below a node; asks each for all that it can say.
    private static func count(_ document: JSONDocument, _ node: JSONNode) -> Int {
        _ = document.double(node)
        _ = document.integer(node)
        _ = document.string(node)
        _ = document.key(node)
        return document.children(of: node).reduce(1) { sum, child in sum + count(document, child) }
    }

    /// Does to every container, by how many children it has, one of the things that steps do.
    private static func edit(_ document: inout JSONDocument, _ container: JSONNode) {
        for child in document.children(of: container) { edit(&document, child) }
        let text = document.makeString("\u{0}\"\\ é😀")
        let isObject = document.kind(container) == .object
        switch document.count(container) % 5 {
        case 0 where isObject: document.set("key", of: container, to: text)
        case 0: document.setValue(of: container, from: text)
        case 1 where isObject: document.set(named: "a\nb", of: container, to: text)
        case 2:
            if let first = document.firstChild(of: container) { document.remove(first, of: container) }
        case 3: document.removeChildren(of: container) { $0.kind($1) == .number }
        case 4:
            if let last = Array(document.children(of: container)).last {
                document.remove(last, of: container)
                if isObject {
                    document.set("last", of: container, to: last)
                } else {
                    document.append(last, to: container)
                }
            }
        default: break
        }
    }
}
