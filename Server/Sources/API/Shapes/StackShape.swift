// How the API shows a stack trace and its frames.

import TapeJSON

/// A stack trace of an event.
struct StackShape {
    private let event: WireEvent
    private let stack: JSONNode?
    private let frames: [JSONNode]
    /// Whether it has frames of the app and others too, so that hiding the others helps.
    let hasSystemFrames: Bool

    /// Takes a stack trace in wire form; nil when there is none.
    init(event: WireEvent, stack: JSONNode?) {
        self.event = event
        self.stack = stack
        frames = event.elements(of: event.member("frames", of: stack))
        let inAppCount = frames.count { event.bool("in_app", of: $0) == true }
        hasSystemFrames = (1..<max(frames.count, 1)).contains(inAppCount)
    }

    /// The stack trace, oldest call first; `null` when there is none.
    var json: JSONValue {
        guard let stack else { return nil }
        return [
            "frames": .array(frames.map(frame)),
            "framesOmitted": event.copy("frames_omitted", of: stack),
            "registers": event.copy("registers", of: stack),
            "hasSystemFrames": .bool(hasSystemFrames),
        ]
    }

    private func frame(_ frame: JSONNode) -> JSONValue {
        [
            "filename": event.copy("filename", of: frame),
            "absPath": event.copy("abs_path", of: frame),
            "module": event.copy("module", of: frame),
            "package": event.copy("package", of: frame),
            "platform": event.copy("platform", of: frame),
            "function": event.copy("function", of: frame),
            "rawFunction": event.copy("raw_function", of: frame),
            "symbol": event.copy("symbol", of: frame),
            "lineNo": event.copy("lineno", of: frame),
            "colNo": event.copy("colno", of: frame),
            "context": .array(context(of: frame)),
            "inApp": .bool(event.bool("in_app", of: frame) ?? false),
            "vars": event.copy("vars", of: frame),
            "instructionAddr": event.copy("instruction_addr", of: frame),
            "symbolAddr": event.copy("symbol_addr", of: frame),
            "addrMode": event.copy("addr_mode", of: frame),
            "trust": event.copy("trust", of: frame),
            "lock": event.copy("lock", of: frame),
            "sourceLink": event.copy("source_link", of: frame),
            "errors": nil,
        ]
    }

    /// The lines of source around a frame, each with its number; empty when the number or the line is unknown.
    private func context(of frame: JSONNode) -> [JSONValue] {
        guard let number = event.integer("lineno", of: frame),
            let line = event.member("context_line", of: frame)
        else { return [] }
        let before = event.elements(of: event.member("pre_context", of: frame))
        let after = event.elements(of: event.member("post_context", of: frame))
        let lines = before + [line] + after
        // A hostile line number may be the largest there is.
        let first = number.subtractingReportingOverflow(Int64(before.count)).partialValue
        return lines.enumerated().map { offset, line in
            [.integer(first.addingReportingOverflow(Int64(offset)).partialValue), event.copy(line)]
        }
    }
}
