// Says which issue an event belongs to: the first version of the rules.

import Model
import TapeJSON

/// Groups events by what the client says, else by where it happened, else by what was said.
///
/// A set of hashes comes out; the event belongs to the issue that owns any of them. The version stands in the name
/// since an issue must not split when the rules change.
enum GroupingV1 {
    static func apply(_ draft: inout EventDraft) {
        if let checksum = draft.text("checksum"), !checksum.isEmpty {
            draft.hashes = [hash(ofChecksum: checksum)]
            return
        }
        let fingerprint = Fingerprint(draft)
        if let fingerprint, fingerprint.isCustom {
            draft.hashes = [hash(of: ["fingerprint"] + texts(of: fingerprint))]
            return
        }
        var parts = components(of: draft)
        if let fingerprint, !fingerprint.isDefault {
            parts = ["fingerprint"] + texts(of: fingerprint) + parts
        }
        draft.hashes = [hash(of: parts)]
    }

    private static func texts(of fingerprint: Fingerprint) -> [String] {
        fingerprint.parts.map { part in
            switch part {
            case .serverDefault: "{{ default }}"
            case .text(let text): text
            }
        }
    }

    private static func hash(of parts: [String]) -> GroupingHash {
        var hasher = GroupingHasher()
        for part in parts { hasher.combine(part) }
        return GroupingHash(hasher.value)
    }

    /// 32 hex digits are the hash itself; anything else is hashed.
    private static func hash(ofChecksum checksum: String) -> GroupingHash {
        if checksum.utf8.count == 32, let value = UInt128(checksum, radix: 16) { return GroupingHash(value) }
        return hash(of: ["checksum", checksum])
    }

    /// The first of exceptions, threads and message that says something.
    private static func components(of draft: EventDraft) -> [String] {
        if !draft.exceptions.isEmpty { return exceptionComponents(of: draft) }
        if let thread = tellingThread(of: draft) {
            let frames = frameComponents(of: thread, in: draft, onlyInApp: true)
            return ["threads"]
                + (frames.isEmpty ? frameComponents(of: thread, in: draft, onlyInApp: false) : frames)
        }
        if draft.type == .transaction, let name = draft.text("transaction") { return ["transaction", name] }
        if let message = template(of: draft) { return ["message", Parameterizer.parameterize(message)] }
        return ["nothing"]
    }

    private static func exceptionComponents(of draft: EventDraft) -> [String] {
        // Where no exception has a frame of the app, the frames of libraries have to do.
        let hasOwnFrames = draft.exceptions.contains { exception in
            draft.frames(of: exception).contains { draft.isInApp($0) == true }
        }
        var parts = ["exception"]
        for exception in draft.exceptions {
            parts += components(of: exception, in: draft, onlyInApp: hasOwnFrames)
        }
        return parts
    }

    private static func components(of exception: JSONNode, in draft: EventDraft, onlyInApp: Bool) -> [String]
    {
        let mechanism = draft.document.member("mechanism", of: exception)
        let isSynthetic =
            mechanism.flatMap { draft.document.member("synthetic", of: $0) }
            .flatMap { draft.document.bool($0) } == true
        let frames = frameComponents(of: exception, in: draft, onlyInApp: onlyInApp)
        var parts = frames
        if !isSynthetic, let type = draft.text("type", of: exception) { parts.append("type:" + type) }
        if frames.isEmpty, let value = draft.text("value", of: exception) {
            parts.append("value:" + Parameterizer.parameterize(value))
        }
        return parts
    }

    /// Module, else file name, and function of each frame; a call of itself counts once.
    private static func frameComponents(
        of owner: JSONNode, in draft: EventDraft, onlyInApp: Bool
    ) -> [String] {
        var parts: [String] = []
        for frame in draft.frames(of: owner) where !onlyInApp || draft.isInApp(frame) == true {
            let part = component(of: frame, in: draft)
            if !part.isEmpty, part != parts.last { parts.append(part) }
        }
        return parts
    }

    private static func component(of frame: JSONNode, in draft: EventDraft) -> String {
        let module = draft.text("module", of: frame) ?? draft.text("filename", of: frame).map(baseName)
        let function =
            draft.text("function", of: frame)
            ?? draft.text("context_line", of: frame).map { $0.trimmingBlanks() }
        if module == nil, function == nil { return "" }
        return "frame:\(module ?? "")|\(function ?? "")"
    }

    private static func baseName(_ path: String) -> String {
        (path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? path).lowercased()
    }

    /// The only crashed, else the only current, else the only thread, if it has frames.
    private static func tellingThread(of draft: EventDraft) -> JSONNode? {
        let threads = draft.values("threads")
        func marked(_ key: StaticString) -> [JSONNode] {
            threads.filter { thread in
                draft.document.member(key, of: thread).flatMap { draft.document.bool($0) } == true
            }
        }
        let candidates = [marked("crashed"), marked("current"), threads]
        let thread = candidates.first { $0.count == 1 }?.first
        return thread.flatMap { draft.frames(of: $0).isEmpty ? nil : $0 }
    }

    /// The message before its parameters were filled in, where the client sent it.
    private static func template(of draft: EventDraft) -> String? {
        guard let entry = draft.document["logentry"] else { return nil }
        let text = draft.text("message", of: entry) ?? draft.text("formatted", of: entry)
        return text.flatMap { $0.trimmingBlanks().isEmpty ? nil : $0 }
    }
}
