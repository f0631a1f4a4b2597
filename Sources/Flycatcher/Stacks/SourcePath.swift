// The part of a file's path that is the same on every machine.

/// Shortens paths of source files.
enum SourcePath {
    /// The path from the package's source folder on, or the file's name where there is none.
    static func relative(_ path: String) -> String {
        let parts = path.split(separator: "/")
        let root = parts.lastIndex { ["Sources", "Tests", "Plugins", "Snippets"].contains($0) }
        return parts[(root ?? max(0, parts.count - 1))...].joined(separator: "/")
    }
}
