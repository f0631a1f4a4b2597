// A call on the stack, with its source and its variables.

import TapeJSON

/// One frame of a stack trace.
struct StackFrame: View {
    let function: String
    /// `file:line:column`, or what is known instead.
    let place: String
    /// Whose code it is; nil when nothing says.
    let isInApp: Bool?
    /// What the frame belongs to, for the line that stands for several; empty when unknown.
    let origin: String
    /// Whether an asynchronous part of the stack begins here.
    let startsStack: Bool
    let source: [SourceLine]
    let locals: PairList
    /// Everything else that is known.
    let facts: PairList
    /// Whether it is shown open, and as somebody else's code.
    var isOpen = false
    var isForeign = false

    init(_ node: JSONNode, in event: EventDocument) {
        let file = event.firstText(of: ["filename", "abs_path", "module", "package"], in: node)
        let line = event.integer("lineno", of: node)
        let column = event.integer("colno", of: node)
        function = FrameName.name(of: node, in: event)
        let image =
            file.isEmpty
            ? LoadedImages.address(event.string("instruction_addr", of: node)).flatMap(event.images.place)
            : nil
        let parts = [file, line.map(String.init), column.map(String.init)].compactMap { $0 }
        place =
            image.map { "\($0.image) +0x\(String($0.offset, radix: 16))" }
            ?? parts.filter { !$0.isEmpty }.joined(separator: ":")
        isInApp = event.bool("in_app", of: node)
        origin = FrameOrigin.name(
            module: event.string("module", of: node),
            package: image?.image ?? event.string("package", of: node), file: file)
        startsStack = event.bool("stack_start", of: node) ?? false
        source = SourceLine.all(of: node, in: event)
        locals = event.pairs("vars", of: node)
        let facts = event.pairs(node, without: Self.shownElsewhere)
        let known = [event.string("function", of: node), function, file, "false"]
        self.facts = PairList(facts.pairs.filter { !Self.isIdle($0, beside: known) }, omitted: facts.omitted)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "function": function
        case "place": optional(place)
        case "startsStack": startsStack
        case "hasDetail": !source.isEmpty || !locals.isEmpty || !facts.isEmpty
        case "hasSource": !source.isEmpty
        case "source": source
        case "locals": locals.isEmpty ? false : locals
        case "facts": facts.isEmpty ? false : facts
        case "isOpen": isOpen
        case "isForeign": isForeign
        default: false
        }
    }

    private static let shownElsewhere: Set<String> = [
        "function", "filename", "lineno", "colno", "context_line", "pre_context", "post_context", "vars",
        "in_app",
        "stack_start",
    ]

    /// Whether a fact repeats what is shown already, or says that something is not so.
    private static func isIdle(_ fact: Pair, beside known: [String]) -> Bool {
        ["raw_function", "instruction_addr", "abs_path", "native"].contains(fact.name)
            && known.contains(fact.value)
    }
}

/// A line of source code.
struct SourceLine: View {
    /// Its number; empty when unknown.
    let number: String
    let text: String
    /// Whether it is the line of the call.
    let isHere: Bool

    func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "text": text
        case "isHere": isHere
        default: false
        }
    }

    /// The lines around a frame's call; none when the frame has no source.
    static func all(of frame: JSONNode, in event: EventDocument) -> [SourceLine] {
        guard let here = event.member("context_line", of: frame) else { return [] }
        let before = event.values(event.member("pre_context", of: frame)).suffix(maximumContext)
        let after = event.values(event.member("post_context", of: frame)).prefix(maximumContext)
        let line = event.integer("lineno", of: frame) ?? 0
        return (before + [here] + after).enumerated().map { offset, node in
            let distance = Int64(offset - before.count)
            let (number, overflow) = line.addingReportingOverflow(distance)
            return SourceLine(
                number: overflow || line < 1 || number < 1 ? "" : String(number),
                text: event.text(node, limit: maximumLength).shown, isHere: distance == 0)
        }
    }

    private static let maximumContext = 30
    private static let maximumLength = 1000
}

extension EventDocument {
    /// The first of some members that is not empty.
    func firstText(of keys: [JSONKey], in node: JSONNode) -> String {
        for key in keys {
            let text = string(key, of: node)
            if !text.isEmpty { return text }
        }
        return ""
    }
}
