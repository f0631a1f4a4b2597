// The threads of an event.

import TapeJSON

/// One thread with its stack trace.
struct ThreadPart: View {
    static let maximumCount = 100

    let title: String
    let isCrashed: Bool
    let isCurrent: Bool
    let details: PairList
    let stack: StackTrace?
    /// Whether it is shown open.
    let isOpen: Bool

    /// All threads; with `opens`, the one that matters most comes first and shows its stack right away.
    static func all(of event: EventDocument, opens: Bool) -> [ThreadPart] {
        let nodes = event.values(event.member("threads", of: event.root)).prefix(maximumCount)
        let important =
            nodes.firstIndex { event.bool("crashed", of: $0) == true }
            ?? nodes.firstIndex { event.bool("current", of: $0) == true } ?? nodes.startIndex
        let threads = nodes.enumerated().map { index, node in
            ThreadPart(node, in: event, isOpen: opens && index == important)
        }
        guard opens, threads.indices.contains(important) else { return threads }
        var ordered = threads
        ordered.insert(ordered.remove(at: important), at: 0)
        return ordered
    }

    private init(_ node: JSONNode, in event: EventDocument, isOpen: Bool) {
        let name = event.string("name", of: node)
        let id = event.string("id", of: node)
        title = [name, id.isEmpty ? "" : "#\(id)"].filter { !$0.isEmpty }.joined(separator: " ")
        isCrashed = event.bool("crashed", of: node) ?? false
        isCurrent = event.bool("current", of: node) ?? false
        let shown: Set<String> = ["id", "name", "crashed", "current", "stacktrace", "raw_stacktrace"]
        details = event.pairs(node, without: shown)
        stack = StackTrace(event.member("stacktrace", of: node), in: event, opensNewest: isOpen)
        self.isOpen = isOpen
    }

    func child(named name: String) -> Any? {
        switch name {
        case "heading": title.isEmpty ? "Thread" : title
        case "isCrashed": isCrashed
        case "isCurrent": isCurrent
        case "stack": optional(stack)
        case "details": details.isEmpty ? false : details
        case "hasNothing": stack == nil && details.isEmpty
        case "isOpen": isOpen
        default: false
        }
    }
}
