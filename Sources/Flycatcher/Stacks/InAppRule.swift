// Which frames are the app's own.

/// Tells an app's own code from that of libraries (protocol section 22.2).
struct InAppRule: Sendable {
    private static let foreignModules: Set<String> = [
        "Swift", "Dispatch", "Logging", "FoundationEssentials", "FoundationNetworking", "FoundationXML",
    ]
    private static let foreignPrefixes = ["_", "Swift", "Foundation", "NIO"]

    private let included: Set<String>
    private let excluded: Set<String>

    init(_ settings: Settings) {
        included = settings.inAppInclude
        excluded = settings.inAppExclude
    }

    func isInApp(_ frame: Flycatcher.Frame) -> Bool {
        if let module = frame.module {
            if included.contains(module) { return true }
            if excluded.contains(module) || isForeign(module) { return false }
        } else if frame.absolutePath == nil {
            // Start-up code of the C library, which is linked into every program.
            return false
        }
        if let path = frame.absolutePath, path.contains("/.build/checkouts/") { return false }
        return frame.package.map { !isLibrary($0) } ?? false
    }

    private func isForeign(_ module: String) -> Bool {
        Self.foreignModules.contains(module) || Self.foreignPrefixes.contains(where: module.hasPrefix)
    }

    private func isLibrary(_ image: String) -> Bool {
        image.contains(".so") || image.hasSuffix(".dylib")
    }
}
