// Names the event for lists: title, culprit and newest own frame (protocol section 9, end).

import Model
import TapeJSON

enum Titles {
    static func apply(_ draft: inout EventDraft) {
        let frame = draft.newestFrame()
        var facts = draft.title(frame)
        facts.transaction = draft.text("transaction") ?? ""
        facts.location = frame.map { draft.location(of: $0) } ?? ""
        facts.culprit = draft.culprit(frame)
        facts.isHandled = draft.isHandled()
        facts.environment = draft.text("environment") ?? "production"
        facts.release = draft.text("release") ?? ""
        draft.facts = facts
    }
}

extension EventDraft {
    /// The newest frame of the app itself, else the newest frame; of the newest exception, else of a thread.
    func newestFrame() -> JSONNode? {
        let main = mainException().map { [$0] } ?? []
        let owners =
            main + exceptions.reversed() + values("threads").filter { isCurrent($0) } + values("threads")
        guard let frames = owners.lazy.map({ self.frames(of: $0) }).first(where: { !$0.isEmpty }) else {
            return nil
        }
        return frames.last { isInApp($0) == true } ?? frames.last { isNamed($0) } ?? frames.last
    }

    private static let names: [JSONKey] = [
        "function", "filename", "module", "abs_path", "instruction_addr",
    ]

    /// Whether more is known of a frame than the library that it is in.
    private func isNamed(_ frame: JSONNode) -> Bool {
        Self.names.contains { document.member($0, of: frame) != nil }
    }

    private func isCurrent(_ thread: JSONNode) -> Bool {
        let marks: [JSONKey] = ["crashed", "current"]
        return marks.contains { document.member($0, of: thread).flatMap { document.bool($0) } == true }
    }

    fileprivate func title(_ frame: JSONNode?) -> EventFacts {
        if let title = ruledFingerprint?.title { return EventFacts(type: title.firstLine(Limit.transaction)) }
        if let exception = mainException() { return title(ofException: exception, frame) }
        if let message = message() {
            return EventFacts(type: message.firstLine(Limit.transaction))
        }
        if type == .transaction, let name = text("transaction") { return EventFacts(type: name) }
        return EventFacts(type: "<unlabeled event>")
    }

    private func title(ofException exception: JSONNode, _ frame: JSONNode?) -> EventFacts {
        let type = text("type", of: exception)?.firstLine(Limit.transaction) ?? ""
        let value = text("value", of: exception)?.firstLine(Limit.titleValue) ?? ""
        let isSynthetic = document.member("mechanism", of: exception)
            .flatMap { document.member("synthetic", of: $0) }.flatMap { document.bool($0) }
        if isSynthetic == true, let function = frame.flatMap({ text("function", of: $0) }) {
            return EventFacts(type: function)
        }
        if type.isEmpty { return EventFacts(type: value.isEmpty ? "<unlabeled event>" : value) }
        return EventFacts(type: type, value: value)
    }

    /// The message as it was meant to be read.
    func message() -> String? {
        guard let entry = document["logentry"] else { return nil }
        let text = text("formatted", of: entry) ?? text("message", of: entry)
        return text.flatMap { $0.trimmingBlanks().isEmpty ? nil : $0 }
    }

    /// `file:line in function`, with whatever of it is known.
    fileprivate func location(of frame: JSONNode) -> String {
        let file = text("filename", of: frame) ?? text("module", of: frame) ?? text("package", of: frame)
        let line = document.member("lineno", of: frame).flatMap { document.integer($0) }
        let place = [file, line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        let parts = [place, text("function", of: frame) ?? ""].filter { !$0.isEmpty }
        return parts.joined(separator: " in ").firstLine(Limit.transaction)
    }

    fileprivate func culprit(_ frame: JSONNode?) -> String {
        if let culprit = text("culprit") ?? text("transaction"), !culprit.isEmpty {
            return culprit.firstLine(Limit.transaction)
        }
        guard let frame else { return "" }
        let parts = [text("module", of: frame) ?? text("filename", of: frame), text("function", of: frame)]
        return parts.compactMap { $0 }.joined(separator: " in ").firstLine(Limit.transaction)
    }
}
