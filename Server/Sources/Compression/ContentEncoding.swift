// The content encodings that a body may arrive in.

/// How a request body is packed (protocol section 3.3).
public enum ContentEncoding: String, CaseIterable, Sendable {
    case identity
    case gzip
    case deflate
    case brotli = "br"
    case zstd

    /// Reads the value of a `Content-Encoding` header in any case; empty and `none` mean ``identity``.
    ///
    /// - Returns: nil for an encoding that cannot be decoded, which deserves a 415.
    public init?(header: String) {
        // Nearly all clients write it as it is in the list.
        if let encoding = Self(rawValue: header) {
            self = encoding
            return
        }
        let name = header.lowercased().filter { $0 != " " && $0 != "\t" }
        switch name {
        case "", "none": self = .identity
        case "x-gzip": self = .gzip
        default: self.init(rawValue: name)
        }
    }
}
