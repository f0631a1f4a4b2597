// Puts stack traces where they belong and completes their frames (protocol 8.2, 8.3, 9.9).

import TapeJSON

enum StackTraces {
    static func apply(_ draft: inout EventDraft) {
        draft.turnTemplateIntoFrame()
        draft.moveTopLevelStackTrace()
        draft.moveCrashedThreadStackTrace()
        for owner in draft.exceptions + draft.values("threads") { draft.completeStackTrace(of: owner) }
    }
}

extension EventDraft {
    /// The frames of an exception or thread, oldest call first.
    func frames(of owner: JSONNode) -> [JSONNode] {
        guard let trace = document.member("stacktrace", of: owner),
            let frames = document.member("frames", of: trace)
        else { return [] }
        return Array(document.children(of: frames))
    }

    /// A template error's place becomes the newest frame: of the newest exception, else of the whole event.
    fileprivate mutating func turnTemplateIntoFrame() {
        guard let template = document.remove("template", of: root) else { return }
        if document.member("in_app", of: template) == nil {
            let isInApp = document.makeBool(true)
            document.set("in_app", of: template, to: isInApp)
        }
        let owner = exceptions.last ?? root
        if let trace = document.member("stacktrace", of: owner),
            let frames = document.member("frames", of: trace)
        {
            document.append(template, to: frames)
        } else {
            let frames = document.makeArray([template])
            let trace = document.makeObject()
            document.set("frames", of: trace, to: frames)
            document.set("stacktrace", of: owner, to: trace)
        }
    }

    /// A stack trace of the whole event belongs to its only exception, else to a thread.
    fileprivate mutating func moveTopLevelStackTrace() {
        guard let trace = document.remove("stacktrace", of: root), hasFrames(trace) else { return }
        if let exception = exceptions.last, document.member("stacktrace", of: exception) == nil {
            document.set("stacktrace", of: exception, to: trace)
        } else if exceptions.isEmpty, values("threads").isEmpty {
            let thread = document.makeObject()
            setText("id", of: thread, to: "0")
            let isCurrent = document.makeBool(true)
            document.set("current", of: thread, to: isCurrent)
            document.set("stacktrace", of: thread, to: trace)
            let list = document.makeArray([thread])
            let threads = document.makeObject()
            document.set("values", of: threads, to: list)
            document.set("threads", of: root, to: threads)
        }
    }

    /// The stack of the only crashed thread belongs to the only exception if that has none.
    fileprivate mutating func moveCrashedThreadStackTrace() {
        guard exceptions.count == 1, document.member("stacktrace", of: exceptions[0]) == nil else { return }
        let crashed = values("threads").filter { thread in
            document.member("crashed", of: thread).flatMap { document.bool($0) } == true
        }
        guard crashed.count == 1, let trace = document.remove("stacktrace", of: crashed[0]) else { return }
        document.set("stacktrace", of: exceptions[0], to: trace)
        if let id = text("id", of: crashed[0]) { setText("thread_id", of: exceptions[0], to: id) }
    }

    /// A frame says something when it has one of these.
    private static let tellingKeys: [JSONKey] = [
        "filename", "function", "instruction_addr", "abs_path", "module", "package", "symbol",
        "raw_function",
    ]

    private func hasFrames(_ trace: JSONNode) -> Bool {
        document.member("frames", of: trace).map { document.count($0) > 0 } ?? false
    }

    fileprivate mutating func completeStackTrace(of owner: JSONNode) {
        guard let trace = document.member("stacktrace", of: owner) else { return }
        if let frames = document.member("frames", of: trace) {
            document.removeChildren(of: frames) { document, frame in
                !Self.tellingKeys.contains { document.member($0, of: frame) != nil }
            }
        }
        guard hasFrames(trace) else {
            document.remove(trace, of: owner)
            return
        }
        let frames = frames(of: owner)
        for frame in frames { completePath(of: frame) }
        completeInApp(of: frames)
        thinOut(frames)
    }

    /// A frame with only one of file name and path gets the other.
    private mutating func completePath(of frame: JSONNode) {
        guard document.member("filename", of: frame) == nil,
            let path = document.member("abs_path", of: frame),
            let text = document.string(path)
        else { return }
        let name = text.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? text
        setText("filename", of: frame, to: String(name.prefix(Limit.name)))
    }

    /// Where some frame is marked as the app's own, the unmarked ones are not.
    private mutating func completeInApp(of frames: [JSONNode]) {
        guard frames.contains(where: { isInApp($0) == true }) else { return }
        for frame in frames where isInApp(frame) == nil {
            let no = document.makeBool(false)
            document.set("in_app", of: frame, to: no)
        }
    }

    /// Whether the frame is marked as the app's own; nil when nothing says.
    func isInApp(_ frame: JSONNode) -> Bool? {
        document.member("in_app", of: frame).flatMap { document.bool($0) }
    }

    /// Takes source and variables from the middle of a very deep stack, from frames of libraries first.
    private mutating func thinOut(_ frames: [JSONNode]) {
        guard frames.count > Limit.fullFrames else { return }
        let middle = frames[(Limit.fullFrames / 2)..<(frames.count - Limit.fullFrames / 2)]
        var rest = frames.count - Limit.fullFrames
        for frame in middle.filter({ isInApp($0) != true }) + middle.filter({ isInApp($0) == true })
        where rest > 0 {
            for key: JSONKey in ["vars", "pre_context", "context_line", "post_context"] {
                document.remove(key, of: frame)
            }
            rest -= 1
        }
    }
}
