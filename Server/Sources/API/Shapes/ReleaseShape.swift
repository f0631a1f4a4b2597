// How the API shows a release, of which only the version is known.

/// A release as events and issues refer to it.
struct ReleaseShape {
    let version: String

    var json: JSONValue {
        ["version": .string(version), "shortVersion": .string(shortVersion)]
    }

    /// `1.2.3` of `app@1.2.3`.
    private var shortVersion: String {
        version.lastIndex(of: "@").map { String(version[version.index(after: $0)...]) } ?? version
    }
}
