// Which version of the app is running.

import Foundation

/// Finds the release where it is written down (protocol section 21.1).
struct ReleaseDetection {
    /// Where builds and platforms leave the commit or version that they deploy.
    static let platformVariables = [
        "HEROKU_BUILD_COMMIT", "HEROKU_SLUG_COMMIT", "SOURCE_VERSION", "CODEBUILD_RESOLVED_SOURCE_VERSION",
        "CIRCLE_SHA1", "GAE_DEPLOYMENT_ID", "K_REVISION", "GITHUB_SHA", "CI_COMMIT_SHA", "COMMIT_REF",
        "VERCEL_GIT_COMMIT_SHA", "RAILWAY_GIT_COMMIT_SHA", "RENDER_GIT_COMMIT",
    ]

    let variables: Variables
    let executable: URL?
    let workingDirectory: URL
    /// What the app's property list says, where it has one.
    let properties: [String: String]
    let diagnostics: Diagnostics

    /// Looks in the surroundings of this process.
    init(_ variables: Variables, _ diagnostics: Diagnostics) {
        let names = ["CFBundleIdentifier", "CFBundleShortVersionString", "CFBundleVersion"]
        let properties = names.compactMap { name in
            (Bundle.main.object(forInfoDictionaryKey: name) as? String).map { (name, $0) }
        }
        self.init(
            variables: variables, executable: Bundle.main.executableURL,
            workingDirectory: URL(filePath: FileManager.default.currentDirectoryPath),
            properties: Dictionary(properties) { first, _ in first }, diagnostics: diagnostics)
    }

    init(
        variables: Variables, executable: URL?, workingDirectory: URL, properties: [String: String],
        diagnostics: Diagnostics
    ) {
        self.variables = variables
        self.executable = executable
        self.workingDirectory = workingDirectory
        self.properties = properties
        self.diagnostics = diagnostics
    }

    /// The first release that is named, in the order of precedence; an empty option stands for none.
    func release(option: String?) -> String? {
        if let option {
            return option.isEmpty ? nil : valid(option, "the option release")
        }
        return variables["SENTRY_RELEASE"].flatMap { valid($0, "SENTRY_RELEASE") }
            ?? valid(fileRelease) ?? valid(bundleRelease)
            ?? Self.platformVariables.lazy.compactMap { valid(variables[$0]) }.first
            ?? GitHead(workingDirectory: workingDirectory)?.commit
    }

    /// The text of the file that a build may leave beside the program: `/app/Shop.release` for `/app/Shop`.
    private var fileRelease: String? {
        guard let executable,
            // Most programs have no such file.
            let bytes = try? FileContent.bytes(path: executable.path + ".release", limit: 1024)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The version of an app that is a bundle, in the form `identifier@version+build`.
    private var bundleRelease: String? {
        guard let identifier = properties["CFBundleIdentifier"],
            let version = properties["CFBundleShortVersionString"]
        else { return nil }
        return "\(identifier)@\(version)" + (properties["CFBundleVersion"].map { "+\($0)" } ?? "")
    }

    /// The text if servers take it for a release, and a word about it if not.
    private func valid(_ text: String, _ source: String) -> String? {
        if let release = valid(text) { return release }
        diagnostics.complain("\(source) is not the name of a release and is ignored: \(text)")
        return nil
    }

    private func valid(_ text: String?) -> String? {
        guard let release = text?.trimmingCharacters(in: .whitespacesAndNewlines), !release.isEmpty,
            release.utf8.count <= WireLimits.nameBytes, ![".", "..", "latest"].contains(release),
            !release.utf8.contains(where: { $0 < 32 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
        else { return nil }
        return release
    }
}
