// The exceptions of an event, the outermost first, each cause below what it caused.

import TapeJSON

/// The exceptions of an event.
struct ExceptionChain {
    static let maximumCount = 50
    /// So many of them show the source of their newest own frame right away.
    static let maximumOpen = 3

    /// Outermost first.
    let parts: [ExceptionPart]
    /// The one after which the event is named: the outermost, or what it only wraps.
    let main: ExceptionPart?

    /// - Parameter headline: the type after which the issue is named.
    init(_ event: EventDocument, headline: String = "") {
        let nodes = event.values(event.member("exception", of: event.root)).suffix(Self.maximumCount)
        var parts = nodes.reversed().enumerated().map { ExceptionPart($1, at: $0, in: event) }
        let main = parts.firstIndex { $0.type == headline } ?? parts.startIndex
        for index in parts.indices where index == main { parts[index].isMain = true }
        self.main = parts.first(where: \.isMain)
        self.parts = parts
    }

    var hasStackTrace: Bool { parts.contains { $0.stack != nil } }
}

/// One exception with its stack trace.
struct ExceptionPart: View {
    /// 0 for the outermost.
    let index: Int
    let type: String
    let value: String
    let module: String
    let isHandled: Bool?
    let isSynthetic: Bool
    /// How it was caught: `django`, `signalhandler`.
    let mechanism: String
    /// Where in the one above it was found: `__cause__`, `errors[0]`.
    let source: String
    let details: PairList
    let stack: StackTrace?
    /// Whether the head of the page says its type and value.
    var isMain = false

    init(_ node: JSONNode, at index: Int, in event: EventDocument) {
        let mechanism = event.member("mechanism", of: node)
        self.index = index
        type = event.string("type", of: node)
        value = event.string("value", of: node, limit: EventDocument.maximumMessageLength)
        module = event.string("module", of: node)
        isHandled = event.bool("handled", of: mechanism)
        isSynthetic = event.bool("synthetic", of: mechanism) ?? false
        self.mechanism = event.string("type", of: mechanism)
        source = event.string("source", of: mechanism)
        let own = event.pairs(
            node, without: ["type", "value", "module", "mechanism", "stacktrace", "raw_stacktrace"])
        let told = event.pairs(mechanism, without: ["type", "handled", "source", "synthetic"])
        details = PairList(own.pairs + told.pairs, omitted: own.omitted + told.omitted)
        let trace = event.member("stacktrace", of: node) ?? event.member("raw_stacktrace", of: node)
        stack = StackTrace(trace, in: event, opensNewest: index < ExceptionChain.maximumOpen)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "id": index == 0 ? "stack" : "cause-\(index)"
        case "heading": heading
        case "isNamed": index > 0 || !isMain
        case "type": type.isEmpty ? "Exception" : type
        case "value": optional(value)
        case "note": optional(note)
        case "stack": optional(stack)
        case "hasNoStack": stack == nil
        case "details": details.isEmpty ? false : details
        default: false
        }
    }

    private var heading: String {
        if index == 0 { return "Stack trace" }
        return source == "__context__" ? "While handling" : "Caused by"
    }

    /// What is known of how it was caught, in one line.
    private var note: String {
        let handled = isHandled.map { $0 ? "handled" : "unhandled" } ?? ""
        let place = source.isEmpty || source.hasPrefix("__") ? "" : "from \(source)"
        let caught =
            mechanism.isEmpty || mechanism == "generic" || mechanism == "chained"
            ? "" : "caught by \(mechanism)"
        let home = module.isEmpty ? "" : "defined in \(module)"
        return [handled, caught, place, home].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

extension EventDocument {
    /// Messages are never cut before the length that the normaliser keeps.
    static let maximumMessageLength = 65_536
}
