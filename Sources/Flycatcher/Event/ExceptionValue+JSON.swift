// The wire form of errors and stack traces.

import TapeJSON

extension Flycatcher.ExceptionValue: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("type", type?.truncated(to: 256), in: object)
        json.put("value", value, in: object)
        json.put("module", module?.truncated(to: 256), in: object)
        json.put("mechanism", mechanism, in: object)
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
        json.put("meta", meta, in: object)
        json.put("data", data, in: object)
        return object
    }
}

extension Flycatcher.StackTrace: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        guard !frames.isEmpty else { return nil }
        let object = json.makeObject()
        json.put("frames", Array(frames.suffix(WireLimits.frames)), in: object)
        json.put("snapshot", isSnapshot ? true : nil, in: object)
        return object
    }
}

extension Flycatcher.Frame: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("function", function?.truncated(to: 512), in: object)
        json.put("symbol", symbol?.truncated(to: 512), in: object)
        json.put("module", module?.truncated(to: 256), in: object)
        json.put("filename", filename?.truncated(to: 256), in: object)
        json.put("abs_path", absolutePath?.truncated(to: 2048), in: object)
        json.put("lineno", line.flatMap { $0 > 0 ? $0 : nil }, in: object)
        json.put("colno", column.flatMap { $0 > 0 ? $0 : nil }, in: object)
        json.put("in_app", isInApp, in: object)
        json.put("package", package, in: object)
        json.put("instruction_addr", instructionAddress.map { "0x\(String($0, radix: 16))" }, in: object)
        return object
    }
}
