// The module that a mangled name belongs to.

/// Reads the front of Swift's mangled names.
enum SymbolModule {
    /// The module of a symbol such as `$s4Shop6OrdersV`, or of `$sSS4ShopE…`, which extends a type of the standard
    /// library; nil when it is not Swift's.
    static func name(ofSymbol symbol: String) -> String? {
        guard let prefix = ["$s", "$S", "_$s", "_$S"].first(where: symbol.hasPrefix) else { return nil }
        let rest = symbol.dropFirst(prefix.count)
        if let (module, _) = identifier(rest) { return String(module) }
        if let (module, end) = identifier(rest.dropFirst(2)), end.first == "E" { return String(module) }
        return rest.first == "s" || rest.first == "S" ? "Swift" : nil
    }

    /// An identifier as it is mangled: its length, then its characters.
    private static func identifier(_ text: Substring) -> (name: Substring, rest: Substring)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let length = Int(digits), length > 0 else { return nil }
        let name = text[digits.endIndex...].prefix(length)
        return name.count == length ? (name, text[name.endIndex...]) : nil
    }
}
