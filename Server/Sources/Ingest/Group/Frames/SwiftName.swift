// Names of Swift functions, as demanglers write them, reduced to what the source calls them.

/// `closure #2 (Swift.Int) -> () in Shop.Cart.pay<A>(_: A) throws -> ()` becomes `closure in Shop.Cart.pay`.
///
/// What the optimiser adds and numbers goes: specialisations, ordinals, the parts of an asynchronous function. Glue
/// that no source line stands for (thunks, witnesses, outlined copies) says nothing, so that a debug and a release
/// build meet. `static`, `init` and accessors stay.
enum SwiftName {
    /// - Parameter mayBeThunk: false where somebody has looked for thunks already and found none.
    static func append(_ name: Span<UInt8>, mayBeThunk: Bool = true, to out: inout [UInt8]) {
        guard !isGlue(name, mayBeThunk: mayBeThunk) else { return }
        var index = skipOrigin(of: name)
        let start = out.count
        if Bytes.starts(name, with: "static ", at: index) {
            out.append(contentsOf: "static ".utf8)
            index += 7
        }
        // Each `closure #1 … in` wraps what follows; nested ones count once.
        while let next = endOfWrapper(in: name, from: index) {
            if out.count == start || !out.suffix(3).elementsEqual("in ".utf8) {
                out.append(contentsOf: next.isClosure ? "closure in ".utf8 : "defer in ".utf8)
            }
            index = skipOrigin(of: name, from: next.end)
            if Bytes.starts(name, with: "static ", at: index) {
                out.append(contentsOf: "static ".utf8)
                index += 7
            }
        }
        appendBase(name.extracting(index...), to: &out)
    }

    /// Code that no line of source stands for.
    private static func isGlue(_ name: Span<UInt8>, mayBeThunk: Bool) -> Bool {
        guard !name.isEmpty else { return false }
        return beginsWithGlue(name)
            || mayBeThunk && Bytes.first(" thunk helper ", byItsByteAt: 5, in: name) != nil
    }

    /// Few names share their first byte with any of these.
    private static func beginsWithGlue(_ name: Span<UInt8>) -> Bool {
        switch name[0] {
        case UInt8(ascii: "@"): Bytes.starts(name, with: "@objc completion handler ")
        case UInt8(ascii: "0"): Bytes.starts(name, with: "0x")
        case UInt8(ascii: "<"): Bytes.isEqual(name, "<redacted>") || Bytes.isEqual(name, "<unknown>")
        case UInt8(ascii: "_"): Bytes.starts(name, with: "_swift_")
        case UInt8(ascii: "b"): Bytes.starts(name, with: "base witness table ")
        case UInt8(ascii: "c"): Bytes.starts(name, with: "curry thunk ")
        case UInt8(ascii: "d"): Bytes.starts(name, with: "dispatch thunk ")
        case UInt8(ascii: "i"): Bytes.starts(name, with: "initializeWithCopy for ")
        case UInt8(ascii: "l"):
            Bytes.starts(name, with: "lazy protocol witness ")
                || Bytes.starts(name, with: "lazy initialization ")
        case UInt8(ascii: "o"):
            Bytes.starts(name, with: "outlined ") || Bytes.starts(name, with: "one-time initialization ")
        case UInt8(ascii: "p"):
            Bytes.starts(name, with: "protocol witness for ")
                || Bytes.starts(name, with: "partial apply forwarder for reabstraction thunk ")
        case UInt8(ascii: "r"): Bytes.starts(name, with: "reabstraction thunk ")
        case UInt8(ascii: "s"): Bytes.starts(name, with: "swift_")
        case UInt8(ascii: "t"):
            Bytes.starts(name, with: "thunk for ") || Bytes.starts(name, with: "type metadata ")
        case UInt8(ascii: "v"):
            Bytes.starts(name, with: "vtable thunk ") || Bytes.starts(name, with: "value witness ")
        default: false
        }
    }

    /// Words in front of a name that say how the compiler came to it.
    private static let origins: [StaticString] = [
        "@objc ", "@nonobjc ", "merged ", "partial apply forwarder for ", "partial apply for ",
        "specialized ",
        "suspend resume partial function for ", "await resume partial function for ", "@async ",
        "override ", "final ", "prefix ", "@escaping ",
    ]

    private static func skipOrigin(of name: Span<UInt8>, from start: Int = 0) -> Int {
        var index = start
        search: while index < name.count, mayBeginOrigin(name[index]) {
            for word in origins where Bytes.starts(name, with: word, at: index) {
                index += word.utf8CodeUnitCount
                continue search
            }
            guard
                let end = endOfPartNumber(in: name, from: index)
                    ?? endOfSpecialization(in: name, from: index)
            else { return index }
            index = end
        }
        return index
    }

    /// Whether an origin, the number of a part or a specialisation begins with this byte; most names do not.
    @inline(__always)
    private static func mayBeginOrigin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "("), UInt8(ascii: "a"), UInt8(ascii: "f"), UInt8(ascii: "g"),
            UInt8(ascii: "m"), UInt8(ascii: "o"), UInt8(ascii: "p"), UInt8(ascii: "s"):
            true
        default: false
        }
    }

    /// The end of the number in `(2) await resume partial function for …`.
    private static func endOfPartNumber(in name: Span<UInt8>, from start: Int) -> Int? {
        guard start < name.count, name[start] == UInt8(ascii: "(") else { return nil }
        let end = Bytes.endOfDigits(in: name, from: start + 1)
        guard end > start + 1, Bytes.starts(name, with: ") ", at: end) else { return nil }
        return end + 2
    }

    /// The end of `generic specialization <…> of ` and its like.
    private static func endOfSpecialization(in name: Span<UInt8>, from start: Int) -> Int? {
        let isOne =
            Bytes.starts(name, with: "generic ", at: start)
            || Bytes.starts(name, with: "function signature specialization ", at: start)
        guard isOne else { return nil }
        var depth = 0
        for index in start..<name.count {
            if name[index] == UInt8(ascii: "<") { depth += 1 }
            if name[index] == UInt8(ascii: ">"), name[index - 1] != UInt8(ascii: "-") { depth -= 1 }
            if depth == 0, Bytes.starts(name, with: "> of ", at: index) { return index + 5 }
        }
        return nil
    }

    /// The end of `closure #1 (…) -> … in `, `implicit closure #2 in `, `$defer #1 () -> () in `.
    private static func endOfWrapper(in name: Span<UInt8>, from start: Int) -> (end: Int, isClosure: Bool)? {
        let isClosure =
            Bytes.starts(name, with: "closure ", at: start)
            || Bytes.starts(name, with: "implicit closure ", at: start)
        guard isClosure || Bytes.starts(name, with: "$defer ", at: start) else { return nil }
        var depth = 0
        for index in start..<name.count {
            switch name[index] {
            case UInt8(ascii: "("), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: ">") where name[index - 1] != UInt8(ascii: "-"): depth -= 1
            case UInt8(ascii: " ") where depth == 0 && Bytes.starts(name, with: " in ", at: index):
                return (index + 4, isClosure)
            default: break
            }
        }
        return nil
    }

    /// The path up to its parameters, without generic arguments, extensions' modules and private discriminators.
    private static func appendBase(_ name: Span<UInt8>, to out: inout [UInt8]) {
        let start = out.count
        var index = 0
        // What stays is appended in runs.
        var run = 0
        while index < name.count {
            switch name[index] {
            case UInt8(ascii: "<") where isOpening(index > run ? name[index - 1] : out.last):
                out.append(span: name.extracting(run..<index))
                index = endOfGenerics(in: name, from: index)
                run = index
            case UInt8(ascii: "("):
                out.append(span: name.extracting(run..<index))
                guard let end = appendParenthesis(name, from: index, isFirst: out.count == start, to: &out)
                else { return }
                index = end
                run = end
            case 0x20:
                return out.append(span: name.extracting(run..<index))
            default:
                index += 1
            }
        }
        out.append(span: name.extracting(run..<index))
    }

    /// The place behind the generic arguments that open here.
    private static func endOfGenerics(in name: Span<UInt8>, from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < name.count {
            if name[index] == UInt8(ascii: "<") { depth += 1 }
            if name[index] == UInt8(ascii: ">"), name[index - 1] != UInt8(ascii: "-") { depth -= 1 }
            index += 1
            if depth == 0 { break }
        }
        return index
    }

    /// A `<` behind a name opens generic arguments; elsewhere it belongs to an operator.
    private static func isOpening(_ previous: UInt8?) -> Bool {
        previous.map { Bytes.isAlphanumeric($0) || $0 == UInt8(ascii: "_") } ?? false
    }

    /// `(extension in Shop):` goes, `(helper in _A1B2)` becomes `helper`; any other begins the parameters.
    private static func appendParenthesis(
        _ name: Span<UInt8>, from start: Int, isFirst: Bool, to out: inout [UInt8]
    ) -> Int? {
        guard isFirst || out.last == UInt8(ascii: ".") else { return nil }
        guard let middle = Bytes.first(" in ", in: name, from: start),
            let end = Bytes.first(")", in: name, from: middle)
        else { return nil }
        if Bytes.starts(name, with: "(extension in ", at: start) {
            return Bytes.starts(name, with: "):", at: end) ? end + 2 : end + 1
        }
        out.append(span: name.extracting(start + 1..<middle))
        return end + 1
    }
}
