// Whose pages may send events: origins as people write them, and as browsers name them.

/// Pages that may send events: a host, or all below a domain, with a scheme and a port if these matter.
///
/// ```
/// *                      every page
/// example.org            the host, by any scheme and port
/// *.example.org          the host and every one below it
/// https://example.org    the host by that scheme, on its usual port
/// localhost:8080         the host on that port
/// ```
public struct AllowedOrigin: Hashable, Sendable {
    private let scheme: Substring?
    private let host: Substring
    private let port: Substring?
    /// Whether hosts below the one that is named are meant too.
    private let isWide: Bool

    /// How long one may be, in bytes.
    public static let maximumLength = 255
    /// How many a project may name.
    public static let maximumCount = 100

    /// Reads what somebody wrote; nil when it is no origin.
    public init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count), let origin = Origin(text.lowercased())
        else {
            return nil
        }
        scheme = origin.scheme == "*" ? nil : origin.scheme
        port = origin.port == "*" ? nil : origin.port
        isWide = origin.host == "*" || origin.host.hasPrefix("*.")
        host = origin.host == "*" ? "" : isWide ? origin.host.dropFirst(2) : origin.host
        let isPlain = host.utf8.allSatisfy { $0 != UInt8(ascii: "*") && $0 > 0x20 && $0 < 0x7F }
        guard isPlain, isWide || !host.isEmpty, port.map({ UInt16($0) != nil }) ?? true else { return nil }
    }

    /// Whether every page is meant.
    public var isEverywhere: Bool { host.isEmpty && scheme == nil && port == nil }

    /// Whether it means the pages of an origin.
    func covers(_ origin: Origin) -> Bool {
        if isEverywhere { return true }
        if let scheme, scheme != origin.scheme { return false }
        if let port {
            guard port == origin.port ?? origin.usualPort else { return false }
        } else if scheme != nil, origin.port != nil, origin.port != origin.usualPort {
            return false
        }
        guard origin.host != host else { return true }
        return isWide && (host.isEmpty || origin.host.hasSuffix(".\(host)"))
    }
}

/// An origin as a browser names it, taken apart.
struct Origin {
    let scheme: Substring?
    let host: Substring
    let port: Substring?

    /// Reads an `Origin`, or the beginning of a `Referer`; nil when there is no host in it.
    init?(_ text: String) {
        var rest = text[...]
        if let mark = rest.firstRange(of: "://") {
            scheme = rest[..<mark.lowerBound]
            rest = rest[mark.upperBound...]
            rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        } else {
            scheme = nil
            guard !rest.contains("/") else { return nil }
        }
        guard !rest.contains("@") else { return nil }
        let end = rest.lastIndex(of: "]") ?? rest.startIndex
        if let colon = rest[end...].lastIndex(of: ":") {
            host = rest[..<colon]
            port = rest[rest.index(after: colon)...]
        } else {
            host = rest
            port = nil
        }
        guard !host.isEmpty else { return nil }
    }

    var usualPort: Substring? {
        switch scheme {
        case "https": "443"
        case "http": "80"
        default: nil
        }
    }
}

/// The pages that may send events to a project.
public struct AllowedOrigins: Sendable {
    private let origins: [AllowedOrigin]

    /// Reads what a project says; nil when every page may send, so that nothing has to be asked.
    public init?(_ texts: [String]) {
        let origins = texts.compactMap { AllowedOrigin($0) }
        guard !origins.contains(where: \.isEverywhere) else { return nil }
        self.origins = origins
    }

    /// Whether the pages of an origin may send, by the text of an `Origin` or a `Referer`.
    public func cover(_ text: String) -> Bool {
        guard text.utf8.count <= Self.maximumLength, let origin = Origin(text.lowercased()) else {
            return false
        }
        return origins.contains { $0.covers(origin) }
    }

    /// Addresses of pages may be long, but hardly so.
    private static let maximumLength = 8192
}
