// Whose code a frame is, in one name.

/// Names the library that a frame comes from.
enum FrameOrigin {
    /// `django`, `org.springframework`, `libswiftCore.so`, `@sentry/node`; empty when nothing says.
    static func name(module: String, package: String, file: String) -> String {
        if let library = installedLibrary(in: file) { return library }
        if !module.isEmpty { return root(of: module) }
        return package.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
    }

    /// What follows `site-packages/` or `node_modules/` in a path.
    private static func installedLibrary(in file: String) -> String? {
        if file.hasPrefix("node:") { return "Node.js" }
        let parts = file.split(separator: "/")
        guard let folder = parts.lastIndex(where: { $0 == "site-packages" || $0 == "node_modules" }),
            folder + 1 < parts.endIndex
        else { return nil }
        let library = parts[folder + 1]
        guard library.hasPrefix("@"), folder + 2 < parts.endIndex else { return String(library) }
        return "\(library)/\(parts[folder + 2])"
    }

    /// The first part of a dotted name, or the first two where the first is only a domain.
    private static func root(of module: String) -> String {
        let parts = module.split { $0 == "." || $0 == ":" || $0 == "/" || $0 == "\\" }
        guard let first = parts.first else { return "" }
        guard parts.count > 1, domains.contains(first) else { return String(first) }
        return "\(first).\(parts[1])"
    }

    private static let domains: Set<Substring> = ["org", "com", "io", "net", "dev", "app", "github"]
}
