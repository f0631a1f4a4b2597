// What of a function's name stays the same from build to build.

/// Appends the stable part of a function's name; appends nothing when the name says nothing.
enum FunctionName {
    static func append(_ name: Span<UInt8>, _ language: FrameLanguage, to out: inout [UInt8]) {
        switch language {
        case .javascript: appendJavaScript(name, to: &out)
        case .php: appendPHP(name, to: &out)
        case .ruby: appendRuby(name, to: &out)
        case .java: JavaName.appendFunction(name, to: &out)
        case .csharp: CSharpName.append(name, to: &out)
        case .go: appendGo(name, to: &out)
        case .rust: NativeName.appendRust(name, to: &out)
        case .native: NativeName.append(name, to: &out)
        case .swift: SwiftName.append(name, to: &out)
        case .python, .other: out.append(span: name)
        }
    }

    /// The last part of `Foo.prototype.run`; nothing for functions without a name.
    private static func appendJavaScript(_ name: Span<UInt8>, to out: inout [UInt8]) {
        guard !Bytes.isEqual(name, "?"), !Bytes.starts(name, with: "Anonymous function"),
            !Bytes.ends(name, with: "/<")
        else { return }
        // `Hub.captureException [as capture]` and `async run` carry how it was called.
        var end = name.count
        if let alias = Bytes.first(" [as ", in: name) { end = alias }
        var start = 0
        for word in ["async ", "new "] as [StaticString] where Bytes.starts(name, with: word, at: start) {
            start += word.utf8CodeUnitCount
        }
        for index in stride(from: end - 1, through: start, by: -1) where name[index] == UInt8(ascii: ".") {
            start = index + 1
            break
        }
        let last = name.extracting(start..<max(start, end))
        if !Bytes.starts(last, with: "<anonymous") { out.append(span: last) }
    }

    /// The method without its class; nothing for closures and anonymous classes, which are numbered or named by path.
    private static func appendPHP(_ name: Span<UInt8>, to out: inout [UInt8]) {
        if Bytes.starts(name, with: "class@anonymous") || Bytes.starts(name, with: "[Anonymous") { return }
        var start = 0
        for index in stride(from: name.count - 2, through: 0, by: -1)
        where name[index] == UInt8(ascii: ":") && name[index + 1] == UInt8(ascii: ":") {
            start = index + 2
            break
        }
        // `{closure:App\Jobs\Mail::send():12}`
        if let closure = Bytes.first("{closure", in: name) {
            let place = name.extracting(min(start, closure)..<closure)
            out.append(span: place)
            out.append(contentsOf: "{closure}".utf8)
        } else {
            out.append(span: name.extracting(start...))
        }
    }

    /// Blocks are blocks, whatever is around them; templates lose the number of their compilation.
    private static func appendRuby(_ name: Span<UInt8>, to out: inout [UInt8]) {
        if Bytes.starts(name, with: "block ") || Bytes.isEqual(name, "block") {
            out.append(contentsOf: "block".utf8)
            return
        }
        guard Bytes.starts(name, with: "_"), let marks = Bytes.first("__", in: name, from: 1) else {
            return out.append(span: name)
        }
        out.append(span: name.extracting(0..<marks))
    }

    /// `main.(*Server).handle.func1.2` without the numbers of its closures and the arguments of its generics.
    private static func appendGo(_ name: Span<UInt8>, to out: inout [UInt8]) {
        var index = 0
        var depth = 0
        while index < name.count {
            let byte = name[index]
            if byte == UInt8(ascii: "[") { depth += 1 }
            if depth == 0 {
                out.append(byte)
                if byte == UInt8(ascii: "."), index + 1 < name.count, Bytes.isDigit(name[index + 1]) {
                    // `.2` of a closure within a closure
                    out.removeLast()
                    index = Bytes.endOfDigits(in: name, from: index + 1)
                    continue
                }
                for word in ["func", "gowrap"] as [StaticString]
                where Bytes.starts(name, with: word, at: index - word.utf8CodeUnitCount + 1)
                    && index + 1 < name.count && Bytes.isDigit(name[index + 1])
                {
                    index = Bytes.endOfDigits(in: name, from: index + 1) - 1
                }
            }
            if byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
            index += 1
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    @inline(__always)
    mutating func append(span: Span<UInt8>) {
        span.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
