// What of an observed request is reported.

import TapeJSON

extension Flycatcher.Request {
    /// Takes from a request what may be collected: names stay, the values of secrets become `[Filtered]`.
    ///
    /// - Parameters:
    ///   - observed: the request as it was.
    ///   - collection: what may be collected.
    ///   - maxBodySize: up to which size a body is taken.
    public init(
        _ observed: Flycatcher.ObservedRequest, collection: Flycatcher.DataCollection,
        maxBodySize: Flycatcher.RequestBodySize = .medium
    ) {
        let url = Flycatcher.ReportedURL(observed.absoluteURL, collection: collection)
        self.init(
            method: observed.method.uppercased(), url: url.text, queryString: url.query,
            fragment: url.fragment,
            headers: observed.reportedHeaders(collection),
            bodySize: observed.body?.count ?? observed.header("content-length").flatMap { Int($0) })
        if collection.cookies != .off, let text = observed.header("cookie") {
            if let pairs = Self.cookies(text) {
                cookies = Dictionary(pairs) { first, _ in first }
                    .reduce(into: [:]) { $0[$1.key] = collection.cookies.sent($1.value, of: $1.key) }
            } else {
                headers["Cookie"] = filteredText
            }
        }
        data = observed.reportedBody(collection, limit: maxBodySize.byteLimit)
    }

    /// Reads `name=value; name=value`; nil when it is anything else.
    static func cookies(_ text: String) -> [(String, String)]? {
        let parts = text.split(separator: ";").map { $0.trimming { $0 == " " || $0 == "\t" } }
        let pairs = parts.filter { !$0.isEmpty }.map { part -> (String, String)? in
            let (name, value) = part.split(at: "=")
            guard let value, !name.isEmpty, name.allSatisfy(\.isCookieName) else { return nil }
            return (String(name), String(value))
        }
        return pairs.contains { $0 == nil } ? nil : pairs.compactMap(\.self)
    }
}

extension Flycatcher.ObservedRequest {
    /// The headers that give away where a client is or who it is.
    private static let personalWords = ["forwarded", "-ip", "remote-", "via", "-user"]
    /// The headers whose value is an address.
    private static let addresses: Set<String> = ["referer", "location", "content-location", "origin"]

    /// The address with the host in it, if there is any way to know it.
    fileprivate var absoluteURL: String {
        guard url.hasPrefix("/"), !url.hasPrefix("//"), let host = header("host") else { return url }
        let scheme = header("x-forwarded-proto")?.lowercased() == "https" ? "https" : "http"
        return "\(scheme)://\(host)\(url)"
    }

    fileprivate func reportedHeaders(_ collection: Flycatcher.DataCollection) -> [String: String] {
        guard collection.httpHeaders != .off else { return [:] }
        var reported: [String: String] = [:]
        for (name, value) in headers where name.lowercased() != "cookie" {
            let value = Self.reported(value, of: name, collection)
            reported[name] = reported[name].map { "\($0), \(value)" } ?? value
        }
        return reported
    }

    private static func reported(
        _ value: String, of name: String, _ collection: Flycatcher.DataCollection
    ) -> String {
        let isHidden =
            name.containsAny(of: ["cookie"]) || !collection.userInfo && name.containsAny(of: personalWords)
        guard !isHidden, collection.httpHeaders.isSent(name) else { return filteredText }
        guard addresses.contains(name.lowercased()) else { return value }
        return Flycatcher.ReportedURL(value, collection: collection).description
    }

    /// The body as far as its names tell what is secret; one without names is never reported.
    fileprivate func reportedBody(
        _ collection: Flycatcher.DataCollection, limit: Int
    ) -> Flycatcher.JSONValue? {
        let kind: Flycatcher.DataCollection.HTTPBody =
            direction == .incoming ? .incomingRequest : .outgoingRequest
        guard collection.httpBodies.contains(kind), let body, !body.isEmpty, body.count <= limit else {
            return nil
        }
        let type = header("content-type")?.prefix { $0 != ";" }.trimming { $0 == " " }.lowercased() ?? ""
        if type == "application/x-www-form-urlencoded" {
            return Self.form(String(decoding: body, as: UTF8.self))
        }
        guard type == "application/json" || type.hasSuffix("+json"),
            // What does not parse is reported as a body without names.
            let json = try? JSONDocument(parsing: body),
            json.kind(json.root) == .object || json.kind(json.root) == .array
        else { return .string(filteredText) }
        return Flycatcher.JSONValue(json.root, of: json).withoutSecrets
    }

    private static func form(_ text: String) -> Flycatcher.JSONValue {
        let fields = text.split(separator: "&").map { $0.split(at: "=") }
        // What only claims to be a form would be reported whole, as a name.
        guard fields.allSatisfy({ $0.1 != nil }) else { return .string(filteredText) }
        let pairs = fields.map {
            ($0.0.percentDecoded, Flycatcher.JSONValue.string($0.1?.percentDecoded ?? ""))
        }
        return Flycatcher.JSONValue.object(Dictionary(pairs) { first, _ in first }).withoutSecrets
    }
}

extension Flycatcher.JSONValue {
    /// The value, less those under a name that speaks of a secret.
    var withoutSecrets: Self {
        switch self {
        case .object(let members):
            .object(
                members.reduce(into: [:]) {
                    $0[$1.key] = SensitiveName.isOne($1.key) ? .string(filteredText) : $1.value.withoutSecrets
                })
        case .array(let values): .array(values.map(\.withoutSecrets))
        default: self
        }
    }
}

extension Character {
    /// Whether a cookie's name may contain it (RFC 6265, section 4.1.1).
    fileprivate var isCookieName: Bool {
        isASCII && (isLetter || isNumber || "!#$%&'*+-.^_`|~".contains(self))
    }
}

extension StringProtocol where SubSequence == Substring {
    /// The text without such characters at its ends.
    func trimming(_ isIdle: (Character) -> Bool) -> Substring {
        let start = drop(while: isIdle)
        return start.lastIndex { !isIdle($0) }.map { start[...$0] } ?? start.prefix(0)
    }
}
