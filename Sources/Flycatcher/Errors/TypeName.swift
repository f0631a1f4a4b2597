// The name of an error's type.

/// A type's name, the same in every run and every build.
struct TypeName {
    let module: String?
    let type: String

    init(of value: any Error) {
        self.init(qualified: String(reflecting: Swift.type(of: value)))
    }

    /// Reads `Module.Outer.Inner`, and the forms that private types and types in extensions have:
    /// `Module.(unknown context at $7f00).Inner`, `(extension in Module):Other.Inner`.
    init(qualified name: String) {
        var name = name[...]
        var extending: Substring?
        if name.hasPrefix("(extension in "), let end = name.firstIndex(of: ")") {
            extending = name[..<end].dropFirst("(extension in ".count)
            name = name[end...].dropFirst(2)
        }
        let dot = name.firstIndex(of: ".") ?? name.endIndex
        let path = name[dot...].dropFirst()
        module = path.isEmpty ? nil : String(extending ?? name[..<dot])
        type = Self.withoutAddresses(path.isEmpty ? name : path)
    }

    /// A text without the addresses that stand in the names of private and local types.
    static func withoutAddresses(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        var kept = ""
        while let start = rest.firstRange(of: "(unknown context at "),
            let end = rest[start.upperBound...].firstIndex(of: ")")
        {
            kept += rest[..<start.lowerBound]
            rest = rest[end...].dropFirst()
            if rest.first == "." { rest.removeFirst() }
        }
        return kept + rest
    }
}
