// Style sheet, script and icon, compiled into the program.

/// A file that pages refer to.
public struct WebAsset: Sendable {
    /// The name in its URL; it holds a fingerprint of the bytes, so that it may be cached for ever.
    public let name: String
    public let contentType: String
    public let bytes: [UInt8]
    /// An entity tag for the response, quotes included.
    public let etag: String

    init(stem: String, suffix: String, contentType: String, bytes: [UInt8]) {
        let fingerprint = Self.fingerprint(of: bytes)
        name = "\(stem).\(fingerprint).\(suffix)"
        self.contentType = contentType
        self.bytes = bytes
        etag = "\"\(fingerprint)\""
    }

    /// FNV-1a of the bytes, in hex: it tells versions apart, it guards nothing.
    private static func fingerprint(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

/// The files that pages refer to, served below `/assets/`.
public enum WebAssets {
    static let style = WebAsset(
        stem: "flycatcher", suffix: "css", contentType: "text/css; charset=utf-8",
        bytes: PackageResources.style_css + PackageResources.issue_css + PackageResources.settings_css)
    static let script = WebAsset(
        stem: "flycatcher", suffix: "js", contentType: "text/javascript; charset=utf-8",
        bytes: PackageResources.pages_js)
    static let icon = WebAsset(
        stem: "flycatcher", suffix: "svg", contentType: "image/svg+xml", bytes: PackageResources.icon_svg)

    /// The file with this name, fingerprint included; nil for any other.
    public static func asset(named name: String) -> WebAsset? {
        [style, script, icon].first { $0.name == name }
    }
}
