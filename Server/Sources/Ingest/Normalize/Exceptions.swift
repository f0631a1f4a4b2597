// Completes the exceptions and leaves the empty ones out (protocol 8.1, 9.8).

import Model
import TapeJSON

enum Exceptions {
    static func apply(_ draft: inout EventDraft) {
        guard let interface = draft.document["exception"] else { return }
        if let list = draft.document.member("values", of: interface) {
            for exception in draft.exceptions {
                draft.splitValue(of: exception)
                if draft.isEmpty(exception) {
                    draft.notes.add(.invalidData, at: ["exception"], value: "a type or a value is needed")
                    draft.document.remove(exception, of: list)
                } else {
                    draft.completeMechanism(of: exception)
                }
            }
        }
        draft.exceptions = draft.values("exception")
        if draft.exceptions.isEmpty {
            draft.document.remove(interface, of: draft.root)
            if draft.type == .error { draft.type = .message }
            draft.write("type", draft.type.rawValue)
        }
    }
}

extension EventDraft {
    /// A value such as `KeyError: 'sku'` without a type holds both.
    fileprivate mutating func splitValue(of exception: JSONNode) {
        guard text("type", of: exception) == nil, let value = text("value", of: exception),
            let colon = value.firstIndex(of: ":")
        else { return }
        let type = value[..<colon]
        guard !type.isEmpty, type.utf8.count <= Limit.exceptionType, !type.contains(where: \.isWhitespace),
            value[value.index(after: colon)...].first == " "
        else { return }
        setText("type", of: exception, to: String(type))
        setText("value", of: exception, to: value[colon...].dropFirst().trimmingBlanks())
    }

    /// An exception says something when it has a type, a value or frames.
    fileprivate func isEmpty(_ exception: JSONNode) -> Bool {
        (text("type", of: exception) ?? "").isEmpty && (text("value", of: exception) ?? "").isEmpty
            && frames(of: exception).isEmpty
    }

    /// Whether the app caught the error: false when any exception says so, true when one does and none denies it.
    func isHandled() -> Bool? {
        var isHandled: Bool?
        for exception in exceptions {
            guard let mechanism = document.member("mechanism", of: exception),
                let claim = document.member("handled", of: mechanism).flatMap({ document.bool($0) })
            else { continue }
            if !claim { return false }
            isHandled = true
        }
        return isHandled
    }
}
