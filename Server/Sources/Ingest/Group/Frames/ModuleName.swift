// What of a module's name stays the same from build to build.

enum ModuleName {
    static func append(_ module: Span<UInt8>, _ language: FrameLanguage, to out: inout [UInt8]) {
        switch language {
        case .java: JavaName.appendModule(module, to: &out)
        case .csharp: CSharpName.append(module, to: &out)
        case .go: appendWithoutVersions(module, to: &out)
        default: out.append(span: module)
        }
    }

    /// `example.org/shop@v1.2.3/cart` without the version.
    private static func appendWithoutVersions(_ module: Span<UInt8>, to out: inout [UInt8]) {
        var isVersion = false
        for index in module.indices {
            if module[index] == UInt8(ascii: "@") { isVersion = true }
            if module[index] == UInt8(ascii: "/") { isVersion = false }
            if !isVersion { out.append(module[index]) }
        }
    }
}
