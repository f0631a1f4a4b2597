// Where to go on after signing in, from a text that anyone may have written.

/// A path on this server, and on no other.
public struct ReturnPath: Hashable, Sendable {
    /// The path with its query; empty for the start page.
    public let path: String

    /// The start page.
    public static let start = ReturnPath("")

    /// Takes a path that begins with one slash; anything that could lead to another server becomes the start page.
    public init(_ text: String) {
        let bytes = Array(text.utf8)
        let isLocal = bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
        // Browsers take `\` for `/` and skip control characters, so neither may stand anywhere.
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        path = isLocal && isPlain && bytes.count <= 2000 ? text : ""
    }
}
