// Names of compiled code: C, C++, Objective-C and Rust.

/// Takes parameters, template arguments, return types and hashes from demangled names.
enum NativeName {
    /// C, C++ and Objective-C; nothing where the symbol is not known.
    static func append(_ name: Span<UInt8>, to out: inout [UInt8]) {
        guard !isUnknown(name) else { return }
        let marks = NameMarks(name)
        if marks.isObjectiveC { return appendObjectiveC(name, to: &out) }
        if marks.isSwift { return SwiftName.append(name, mayBeThunk: marks.mayBeThunk, to: &out) }
        if name.count > 19, Bytes.starts(name, with: "::h", at: name.count - 19) {
            return appendRust(name, to: &out)
        }
        appendCxx(name, to: &out)
    }

    /// `core::ops::call<T>::h0123456789abcdef` without its hash and the arguments of its generics.
    static func appendRust(_ name: Span<UInt8>, to out: inout [UInt8]) {
        guard !isUnknown(name) else { return }
        var end = name.count
        if end > 19, Bytes.starts(name, with: "::h", at: end - 19), Bytes.isHex(name.extracting(last: 16)) {
            end -= 19
        }
        // `<Cart as Shop>::pay` is a name of its own; generics within and behind it go.
        var depth = 0
        for index in 0..<end {
            let byte = name[index]
            if byte == UInt8(ascii: "<"), index > 0 { depth += 1 }
            if depth == 0 { out.append(byte) }
            if byte == UInt8(ascii: ">"), depth > 0, name[index - 1] != UInt8(ascii: "-") { depth -= 1 }
        }
        while out.count > 1, out.suffix(2).elementsEqual("::".utf8) { out.removeLast(2) }
    }

    private static func isUnknown(_ name: Span<UInt8>) -> Bool {
        for word in ["<redacted>", "<unknown>", "unknown", "???", "<null>", "(null)"] as [StaticString]
        where Bytes.isEqual(name, word) {
            return true
        }
        if Bytes.starts(name, with: "0x") { return true }
        // Disassemblers name what they cannot name by its address.
        for prefix in ["sub_", "fun_", "FUN_"] as [StaticString]
        where Bytes.starts(name, with: prefix) && Bytes.isHex(name.extracting(4...)) {
            return true
        }
        return false
    }

    /// `__42-[Cart pay]_block_invoke.17` becomes `-[Cart pay]_block_invoke`.
    private static func appendObjectiveC(_ name: Span<UInt8>, to out: inout [UInt8]) {
        var start = 0
        while start < name.count, name[start] == UInt8(ascii: "_") { start += 1 }
        let number = Bytes.endOfDigits(in: name, from: start)
        start = number > start ? number : 0
        var end = name.count
        if let block = Bytes.first("_block_invoke", in: name) { end = max(start, block + 13) }
        out.append(span: name.extracting(start..<end))
    }

    /// `static int shop::Cart<T>::pay(int) const` becomes `shop::Cart::pay`.
    private static func appendCxx(_ name: Span<UInt8>, to out: inout [UInt8]) {
        let start = out.count
        var index = 0
        // What stays is appended in runs.
        var run = 0
        while index < name.count {
            switch name[index] {
            case UInt8(ascii: "o") where Bytes.starts(name, with: "operator", at: index):
                out.append(span: name.extracting(run..<index))
                index = appendOperator(name, from: index, to: &out)
            case UInt8(ascii: "<"):
                out.append(span: name.extracting(run..<index))
                if out.count == start || out.last == UInt8(ascii: ":") {
                    // MSVC: `<lambda_0a1b2c>::operator()`
                    out.append(contentsOf: "<>".utf8)
                }
                index = endOfTemplate(in: name, from: index)
            case UInt8(ascii: ">"):
                out.append(span: name.extracting(run..<index))
                index += 1
            case UInt8(ascii: "("):
                out.append(span: name.extracting(run..<index))
                guard Bytes.starts(name, with: "(anonymous", at: index) || out.count == start else { return }
                index = appendGroup(name, from: index, to: &out)
            case UInt8(ascii: "[")
            where Bytes.starts(name, with: "[abi:", at: index)
                || Bytes.starts(name, with: "[clone", at: index),
                UInt8(ascii: "$") where Bytes.starts(name, with: "$VARIANT$", at: index):
                return out.append(span: name.extracting(run..<index))
            case UInt8(ascii: "{"):
                out.append(span: name.extracting(run..<index))
                index = appendBraces(name, from: index, to: &out)
            case UInt8(ascii: " "):
                // A return type or a keyword stood in front.
                out.removeLast(out.count - start)
                index += 1
            default:
                index += 1
                continue
            }
            run = index
        }
        out.append(span: name.extracting(run..<index))
    }

    /// The place behind the template arguments that open here.
    private static func endOfTemplate(in name: Span<UInt8>, from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < name.count {
            if name[index] == UInt8(ascii: "<") { depth += 1 }
            if name[index] == UInt8(ascii: ">") { depth -= 1 }
            index += 1
            if depth == 0 { break }
        }
        return index
    }

    /// `operator()`, `operator<<`: their marks are no brackets.
    private static func appendOperator(_ name: Span<UInt8>, from start: Int, to out: inout [UInt8]) -> Int {
        out.append(contentsOf: "operator".utf8)
        var index = start + 8
        if Bytes.starts(name, with: "()", at: index) {
            out.append(contentsOf: "()".utf8)
            return index + 2
        }
        while index < name.count, !Bytes.isAlphanumeric(name[index]), name[index] != UInt8(ascii: "("),
            name[index] != UInt8(ascii: "_"), index - start < 11
        {
            if name[index] != 0x20 { out.append(name[index]) }
            index += 1
        }
        return index
    }

    /// `(anonymous namespace)` as it stands.
    private static func appendGroup(_ name: Span<UInt8>, from start: Int, to out: inout [UInt8]) -> Int {
        var index = start
        while index < name.count {
            out.append(name[index])
            index += 1
            if name[index - 1] == UInt8(ascii: ")") { break }
        }
        return index
    }

    /// `{lambda(int)#1}` becomes `{lambda}`, `{ctor}` stays.
    private static func appendBraces(_ name: Span<UInt8>, from start: Int, to out: inout [UInt8]) -> Int {
        var depth = 0
        var index = start
        var isNamed = true
        out.append(UInt8(ascii: "{"))
        while index < name.count {
            let byte = name[index]
            if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
            } else if !Bytes.isLetter(byte), byte != UInt8(ascii: "_") {
                isNamed = false
            } else if isNamed {
                out.append(byte)
            }
            index += 1
            if depth == 0 { break }
        }
        out.append(UInt8(ascii: "}"))
        return index
    }
}
