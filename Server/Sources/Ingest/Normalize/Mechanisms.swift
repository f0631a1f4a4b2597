// Completes how an exception was caught, and names what a mechanism only numbers (protocol 8.1, 9.8).

import TapeJSON

extension EventDraft {
    mutating func completeMechanism(of exception: JSONNode) {
        guard let mechanism = document.member("mechanism", of: exception) else { return }
        modernize(mechanism)
        if document.count(mechanism) == 0 {
            document.remove(mechanism, of: exception)
            return
        }
        if text("type", of: mechanism) == nil { setText("type", of: mechanism, to: "generic") }
        if let meta = document.member("meta", of: mechanism) { nameNumbers(in: meta) }
    }

    /// The first clients for Apple's systems wrote what is `meta` now into the mechanism itself.
    private mutating func modernize(_ mechanism: JSONNode) {
        move("posix_signal", of: mechanism, to: "signal", in: "meta") { draft, signal in
            if let number = draft.document.remove("signal", of: signal) {
                draft.document.set("number", of: signal, to: number)
            }
        }
        move("mach_exception", of: mechanism, to: "mach_exception", in: "meta") { draft, exception in
            if let name = draft.document.remove("exception_name", of: exception) {
                draft.document.set("name", of: exception, to: name)
            }
        }
        move("relevant_address", of: mechanism, to: "relevant_address", in: "data") { _, _ in }
    }

    private mutating func move(
        _ old: JSONKey, of mechanism: JSONNode, to new: JSONKey, in container: JSONKey,
        _ change: (inout EventDraft, JSONNode) -> Void
    ) {
        guard let node = document.remove(old, of: mechanism) else { return }
        if document.member(container, of: mechanism) == nil {
            let object = document.makeObject()
            document.set(container, of: mechanism, to: object)
        }
        guard let object = document.member(container, of: mechanism),
            document.member(new, of: object) == nil
        else { return }
        change(&self, node)
        document.set(new, of: object, to: node)
    }

    private mutating func nameNumbers(in meta: JSONNode) {
        if let signal = document.member("signal", of: meta), let number = number("number", of: signal) {
            let name = SystemNames.signal(number, isDarwin)
            name.map { nameIfUnnamed(signal, "name", $0) }
            if let name, let code = self.number("code", of: signal) {
                SystemNames.signalCode(code, of: name, isDarwin).map {
                    nameIfUnnamed(signal, "code_name", $0)
                }
            }
        }
        if let exception = document.member("mach_exception", of: meta),
            let name = number("exception", of: exception).flatMap({ SystemNames.machException($0) })
        {
            nameIfUnnamed(exception, "name", name)
        }
        if let error = document.member("errno", of: meta),
            let name = number("number", of: error).flatMap({ SystemNames.error($0, isDarwin) })
        {
            nameIfUnnamed(error, "name", name)
        }
    }

    private func number(_ key: JSONKey, of object: JSONNode) -> Int64? {
        document.member(key, of: object).flatMap { document.integer($0) }
    }

    private mutating func nameIfUnnamed(_ object: JSONNode, _ key: JSONKey, _ name: String) {
        if text(key, of: object) == nil { setText(key, of: object, to: name) }
    }

    /// Whether numbers mean what they mean on Apple's systems; what else sends numbers runs on Linux.
    private var isDarwin: Bool {
        if let system = document["contexts"].flatMap({ document.member("os", of: $0) }),
            let name = text("name", of: system)
        {
            return SystemNames.darwin.contains(name)
        }
        return platform == "cocoa" || platform == "objc"
    }
}
