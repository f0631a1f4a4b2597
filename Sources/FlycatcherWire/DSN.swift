// The address of a project: where its events go, and the key that opens the door.

/// Where an app sends its events: server, project and public key in one text (protocol section 1).
///
/// ```swift
/// let dsn = try DSN("https://0123abcd@errors.example:8443/sub/42")
/// dsn.endpointURL("envelope")  // https://errors.example:8443/sub/api/42/envelope/
/// ```
public struct DSN: Hashable, Sendable {
    /// How long a DSN may be, in bytes.
    public static let maximumLength = 2048

    /// `http` or `https`.
    public let scheme: String
    /// The key that lets events in; never empty, of any shape.
    public let publicKey: String
    /// The obsolete second half of the key, if there is one.
    public let secretKey: SecretKey?
    /// The host in lower case; an IPv6 address stands in its brackets.
    public let host: String
    /// The port; nil when it is the scheme's own (80 or 443).
    public let port: Int?
    /// The prefix of all URLs on that host: empty, or `/a/b` without a slash at the end.
    public let path: String
    /// The project, an opaque text that is never empty.
    public let projectID: String

    /// Reads `scheme://key[:secret]@host[:port][/path]/project`.
    ///
    /// Blanks around it and a query behind it are ignored.
    ///
    /// - Throws: ``DSNError``, which names the part that is wrong and repeats none of the text.
    public init(_ text: String) throws(DSNError) {
        let text = try Self.meaningfulPart(of: text)
        guard let schemeEnd = text.firstRange(of: "://") else { throw .missingScheme }
        scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw .unsupportedScheme }

        let rest = text[schemeEnd.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let at = rest[..<slash].lastIndex(of: "@") else { throw .missingPublicKey }
        (publicKey, secretKey) = try Self.keys(rest[..<at])
        let (host, port) = try Self.hostAndPort(rest[rest.index(after: at)..<slash])
        self.host = host
        self.port = port == (scheme == "https" ? 443 : 80) ? nil : port
        (path, projectID) = try Self.pathAndProject(rest[slash...])
    }

    /// The organisation that hosts of the form `o123.…` name, as its digits.
    public var organizationID: String? {
        guard host.first == "o", let dot = host.firstIndex(of: ".") else { return nil }
        let digits = host[..<dot].dropFirst()
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return String(digits)
    }

    /// What all URLs of the server begin with, without a slash at the end.
    public var baseURL: String {
        "\(scheme)://\(authority)\(path)"
    }

    /// The URL of one of the project's endpoints, such as `envelope`, with a slash at its end.
    public func endpointURL(_ endpoint: String) -> String {
        "\(baseURL)/api/\(projectID)/\(endpoint)/"
    }

    /// Whether a URL leads to the server, where the DSN has it: an app's requests to it are the SDK's own.
    public func isTarget(of url: String) -> Bool {
        guard let schemeEnd = url.firstIndex(of: ":"), url[schemeEnd...].hasPrefix("://") else {
            return false
        }
        let rest = url[schemeEnd...].dropFirst(3)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var place = rest[..<end]
        if let at = place.lastIndex(of: "@") { place = place[at...].dropFirst() }
        // The port that a scheme has anyway may be written or not.
        let ownPort = url[..<schemeEnd].lowercased() == "https" ? ":443" : ":80"
        if place.hasSuffix(ownPort) { place = place.dropLast(ownPort.count) }
        let urlPath = rest[end...].prefix { $0 != "?" && $0 != "#" }
        return place.lowercased() == authority && (urlPath == path || urlPath.hasPrefix("\(path)/"))
    }

    private var authority: String {
        port.map { "\(host):\($0)" } ?? host
    }
}

extension DSN: CustomStringConvertible {
    /// The DSN as a text; a secret key shows as `***`.
    public var description: String {
        let secret = secretKey.map { ":\($0)" } ?? ""
        return "\(scheme)://\(publicKey)\(secret)@\(authority)\(path)/\(projectID)"
    }

    /// The DSN as a text without the secret key, as it may travel in an envelope.
    public var publicText: String {
        "\(scheme)://\(publicKey)@\(authority)\(path)/\(projectID)"
    }
}

extension DSN {
    /// A secret that prints as `***`; ask for ``value`` where it must be sent.
    public struct SecretKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        /// The secret itself.
        public let value: String

        /// Takes the secret as it is.
        public init(_ value: String) {
            self.value = value
        }

        /// Always `***`.
        public var description: String { "***" }
        /// Shows nothing, so that a dump gives nothing away.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }
}

// MARK: Parts

extension DSN {
    /// The text without blanks around it, query and fragment, once it is sure to be safe inside a URL.
    private static func meaningfulPart(of text: String) throws(DSNError) -> Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
        guard text.utf8.count <= maximumLength else { throw .tooLong }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.allSatisfy(\.isAllowedInURL) else { throw .forbiddenCharacter }
        return text.prefix { $0 != "?" && $0 != "#" }
    }

    private static func keys(_ text: Substring) throws(DSNError) -> (String, SecretKey?) {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let secret = text[colon...].dropFirst()
        guard colon > text.startIndex else { throw .missingPublicKey }
        return (String(text[..<colon]), secret.isEmpty ? nil : SecretKey(String(secret)))
    }

    private static func hostAndPort(_ text: Substring) throws(DSNError) -> (String, Int?) {
        let host = try text.first == "[" ? ipv6Host(text) : text.prefix { $0 != ":" }
        let isName = host.first == "[" || host.utf8.allSatisfy(\.isAllowedInHostName)
        guard !host.isEmpty, isName else { throw .invalidHost }
        let rest = text[host.endIndex...]
        if rest.isEmpty { return (host.lowercased(), nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy(\.isDigit), let port = Int(digits),
            (1...65535).contains(port)
        else { throw .invalidPort }
        return (host.lowercased(), port)
    }

    private static func ipv6Host(_ text: Substring) throws(DSNError) -> Substring {
        guard let bracket = text.firstIndex(of: "]") else { throw .invalidHost }
        let address = text[..<bracket].dropFirst()
        let isAddress = address.utf8.allSatisfy { $0.hexDigitValue != nil || $0 == 0x3A || $0 == 0x2E }
        guard address.contains(":"), isAddress else { throw .invalidHost }
        return text[...bracket]
    }

    private static func pathAndProject(_ text: Substring) throws(DSNError) -> (String, String) {
        let text = text.droppingTrailingSlashes
        guard let slash = text.lastIndex(of: "/") else { throw .missingProject }
        let project = text[slash...].dropFirst()
        return (String(text[..<slash].droppingTrailingSlashes), String(project))
    }
}

extension Substring {
    fileprivate var droppingTrailingSlashes: Substring {
        var text = self
        while text.last == "/" { text.removeLast() }
        return text
    }

    /// Where `text`, which is ASCII, stands for the first time.
    fileprivate func firstRange(of text: StaticString) -> Range<Index>? {
        let wanted = "\(text)"
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    private var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

    fileprivate var isAllowedInHostName: Bool {
        isDigit || isLetter || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "_")
    }

    /// Printable ASCII but for the characters that RFC 3986 keeps out of every URL.
    fileprivate var isAllowedInURL: Bool {
        guard self > 0x20, self < 0x7F else { return false }
        return !"\"<>\\^`{|}".utf8.contains(self)
    }
}
