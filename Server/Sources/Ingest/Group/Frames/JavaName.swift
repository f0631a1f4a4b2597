// Names of the Java virtual machine without what compilers and proxies number.

enum JavaName {
    /// Generated classes whose names end in something random; what follows the mark is replaced.
    private static let marks: [StaticString] = [
        "$$EnhancerBy", "$$FastClassBy", "$HibernateProxy$", "$$SpringCGLIB$$", "_$$_jvst", "_$$_javassist",
        "$ByteBuddy$", "$MockitoMock$", "$Proxy", "GeneratedMethodAccessor", "GeneratedConstructorAccessor",
        "GeneratedSerializationConstructorAccessor", "$$ExternalSyntheticLambda", "_$$_Weld",
    ]

    /// The class without the numbers of generated and anonymous ones; nothing for a lambda's hidden class.
    static func appendModule(_ module: Span<UInt8>, to out: inout [UInt8]) {
        guard
            Bytes.contains(module, UInt8(ascii: "$")) || Bytes.contains(module, UInt8(ascii: "_"))
                || Bytes.first("Generated", in: module) != nil
        else { return appendWithoutNumbers(module, to: &out) }
        if Bytes.first("$$Lambda", in: module) != nil { return }
        for mark in marks {
            guard let place = Bytes.first(mark, in: module) else { continue }
            out.append(span: module.extracting(0..<place + mark.utf8CodeUnitCount))
            out.append(contentsOf: "<auto>".utf8)
            return
        }
        appendWithoutNumbers(module, to: &out)
    }

    /// The method; nothing for the synthetic body of a lambda, which only its number tells apart.
    static func appendFunction(_ name: Span<UInt8>, to out: inout [UInt8]) {
        if Bytes.starts(name, with: "lambda$") { return }
        // Kotlin: `load$lambda$3`, `load$lambda-3`
        if let lambda = Bytes.first("$lambda", in: name) {
            out.append(span: name.extracting(0..<lambda + 7))
        } else {
            appendWithoutNumbers(name, to: &out)
        }
    }

    /// `Cart$1$2` becomes `Cart$<auto>$<auto>`, `handler$fn__1234` becomes `handler$fn__<auto>`, `access$100` alike.
    private static func appendWithoutNumbers(_ name: Span<UInt8>, to out: inout [UInt8]) {
        var index = 0
        while index < name.count {
            let byte = name[index]
            out.append(byte)
            index += 1
            let opensNumber =
                byte == UInt8(ascii: "$")
                || byte == UInt8(ascii: "_") && index >= 4 && Bytes.starts(name, with: "fn__", at: index - 4)
            guard opensNumber, index < name.count, Bytes.isDigit(name[index]) else { continue }
            index = Bytes.endOfDigits(in: name, from: index)
            out.append(contentsOf: "<auto>".utf8)
        }
    }
}

/// Names of .NET without what the compiler numbers.
enum CSharpName {
    /// `<Run>b__12_0` becomes `<Run>b__`, `Save[T](T item)` becomes `Save`, ``List`1`` becomes `List`.
    static func append(_ name: Span<UInt8>, to out: inout [UInt8]) {
        var index = 0
        var brackets = 0
        while index < name.count {
            let byte = name[index]
            if byte == UInt8(ascii: "(") { return }
            if byte == UInt8(ascii: "[") { brackets += 1 }
            if brackets == 0 { out.append(byte) }
            if byte == UInt8(ascii: "]") { brackets = max(0, brackets - 1) }
            index += 1
            guard brackets == 0, index < name.count, Bytes.isDigit(name[index]) else { continue }
            if byte == UInt8(ascii: "`") {
                out.removeLast()
                index = Bytes.endOfDigits(in: name, from: index)
            } else if byte == UInt8(ascii: "|")
                || byte == UInt8(ascii: "_") && index >= 2 && name[index - 2] == UInt8(ascii: "_")
                || Bytes.starts(name, with: "DisplayClass", at: index - 12)
            {
                index = endOfNumbers(in: name, from: index)
            }
        }
    }

    /// The end of numbers such as `12_0`.
    private static func endOfNumbers(in name: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < name.count, Bytes.isDigit(name[end]) || name[end] == UInt8(ascii: "_") { end += 1 }
        return end
    }
}
