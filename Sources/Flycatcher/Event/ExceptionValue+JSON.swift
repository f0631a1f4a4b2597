// The wire form of errors and stack traces.

import TapeJSON

extension Flycatcher.ExceptionValue: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        // A server drops an exception that says neither.
        let saysNothing = (type ?? "").isEmpty && (value ?? "").isEmpty
        json.put("type", saysNothing ? "Error" : type?.truncated(to: 256), in: object)
        json.put("value", value, in: object)
        json.put("module", module?.truncated(to: 256), in: object)
        json.put("mechanism", mechanism, in: object)
        json.put("thread_id", threadID, in: object)
        json.put("stacktrace", stackTrace, in: object)
        return object
    }
}

extension Flycatcher.Mechanism: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("type", type, in: object)
        json.put("handled", isHandled, in: object)
        json.put("exception_id", exceptionID, in: object)
        json.put("parent_id", parentID, in: object)
        json.put("source", source, in: object)
        json.put("is_exception_group", isExceptionGroup ? true : nil, in: object)
        json.put("synthetic", isSynthetic ? true : nil, in: object)
        json.put("meta", meta, in: object)
        json.put("data", data, in: object)
        return object
    }
}

extension Flycatcher.StackTrace: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        guard !frames.isEmpty else { return nil }
        let object = json.makeObject()
        json.putFrames(frames, in: object)
        json.put("snapshot", isSnapshot ? true : nil, in: object)
        json.put("registers", registers.mapValues(\.wireAddress), in: object)
        // Our addresses lie in the calls already; a server would else look one byte before them.
        let hasAddresses = frames.contains { $0.instructionAddress != nil }
        json.put("instruction_addr_adjustment", hasAddresses ? "none" : nil, in: object)
        return object
    }
}

extension JSONDocument {
    /// Adds the calls; of too many those in the middle are left out.
    fileprivate mutating func putFrames(_ frames: [Flycatcher.Frame], in object: JSONNode) {
        let list = makeArray([])
        for frame in frames.keepingEnds(WireLimits.frames) {
            if let node = frame.node(in: &self) { append(node, to: list) }
        }
        setKey("frames", of: list)
        append(list, to: object)
    }
}

extension [Flycatcher.Frame] {
    /// At most so many calls: the newest, and of the oldest a fifth of that number, which tell how it all began.
    func keepingEnds(_ limit: Int) -> Self {
        guard count > limit else { return self }
        let oldest = limit / 5
        return Array(prefix(oldest) + suffix(limit - oldest))
    }
}

extension Flycatcher.Frame: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("function", function?.truncated(to: 512), in: object)
        json.put("raw_function", rawFunction?.truncated(to: 512), in: object)
        json.put("symbol", symbol?.truncated(to: 512), in: object)
        json.put("module", module?.truncated(to: 256), in: object)
        json.put("filename", filename?.truncated(to: 256), in: object)
        json.put("abs_path", absolutePath?.truncated(to: 2048), in: object)
        json.put("lineno", line.flatMap { $0 > 0 ? $0 : nil }, in: object)
        json.put("colno", column.flatMap { $0 > 0 ? $0 : nil }, in: object)
        if let contextLine {
            json.put("pre_context", preContext.map { $0.truncated(to: 256) }, in: object)
            json.put("context_line", contextLine.truncated(to: 256), in: object)
            json.put("post_context", postContext.map { $0.truncated(to: 256) }, in: object)
        }
        json.put("in_app", isInApp, in: object)
        json.put("package", package, in: object)
        json.put("instruction_addr", instructionAddress.map(\.wireAddress), in: object)
        json.put("symbol_addr", symbolAddress.map(\.wireAddress), in: object)
        json.put("stack_start", isStackStart ? true : nil, in: object)
        return object
    }
}

extension Flycatcher.DebugImage: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("type", "elf", in: object)
        json.put("image_addr", address.wireAddress, in: object)
        json.put("image_size", Int(clamping: size), in: object)
        json.put("debug_id", debugID, in: object)
        json.put("code_id", codeID, in: object)
        json.put("code_file", codeFile, in: object)
        json.put("arch", architecture, in: object)
        return object
    }
}

extension UInt64 {
    /// The form in which addresses travel.
    fileprivate var wireAddress: String { "0x\(String(self, radix: 16))" }
}
