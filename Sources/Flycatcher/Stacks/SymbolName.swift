// How functions are called in reports.

/// Shortens demangled names to what their author would recognise.
enum SymbolName {
    private static let prefixes = ["generic specialization of ", "specialized ", "merged ", "outlined "]

    /// The name without the compiler's prefixes and without generic parameters: `closure #1 in Box.run(_:)`.
    static func readable(_ name: String) -> String {
        var name = name[...]
        while let prefix = prefixes.first(where: name.hasPrefix) { name.removeFirst(prefix.count) }
        if let suffix = continuationSuffix(of: name) { name.removeLast(suffix.count) }
        return withoutGenericParameters(name)
    }

    /// Whether the compiler made the function up to pass a call on.
    static func isThunk(_ name: String) -> Bool {
        name.contains("thunk for ") || name.hasPrefix("partial apply for ")
    }

    /// Whether a linker's name is that of the part of an asynchronous function that follows an `await`.
    static func isContinuation(_ rawName: String) -> Bool {
        continuationSuffix(of: rawName[...]) != nil
    }

    /// Parts of a function end in `TY0_`, `TQ1_` and so on.
    private static func continuationSuffix(of rawName: Substring) -> Substring? {
        guard rawName.last == "_" else { return nil }
        let digits = rawName.dropLast().reversed().prefix { $0.isASCII && $0.isNumber }.count
        let suffix = rawName.suffix(digits + 3)
        return digits > 0 && (suffix.hasPrefix("TY") || suffix.hasPrefix("TQ")) ? suffix : nil
    }

    /// Leaves out what stands in angle brackets behind a name; operators such as `<` begin behind a dot or a blank.
    private static func withoutGenericParameters(_ name: Substring) -> String {
        guard name.contains("<") else { return String(name) }
        var kept = ""
        var depth = 0
        var previous: Character = " "
        for character in name {
            let opens =
                character == "<" && (depth > 0 || previous.isLetter || previous.isNumber || previous == "_")
            let closes = character == ">" && depth > 0 && previous != "-"
            if opens { depth += 1 }
            if depth == 0 { kept.append(character) }
            if closes { depth -= 1 }
            previous = character
        }
        return depth == 0 ? kept : String(name)
    }
}
