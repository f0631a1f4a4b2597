// What proxies write down about whom they speak for.

import HTTPTypes

/// The way of a request through proxies, as its headers tell it.
///
/// Anyone can write these headers, so only what trusted proxies have added may be believed.
struct ForwardedHeader {
    /// Of each hop the address it saw, the nearest hop last; nil for one that hides, or makes no sense.
    let addresses: [Substring?]
    /// Whether the nearest hop was reached by `https`; nil when nothing says.
    let isSecure: Bool?

    /// Hops beyond so many are not looked at.
    private static let maximumHops = 20

    /// Reads `X-Forwarded-For`, or else `Forwarded`: a request that has both comes through proxies that write the former.
    init(_ headers: HTTPFields) {
        let scheme: Substring?
        if let text = headers[.xForwardedFor] {
            addresses = Self.items(of: text).map(Self.address)
            scheme = headers[.xForwardedProto].flatMap { Self.items(of: $0).last }
        } else if let text = headers[.forwarded] {
            let hops = Self.items(of: text).map(Self.pairs)
            addresses = hops.map { $0["for"].flatMap(Self.address) }
            scheme = hops.last?["proto"]
        } else {
            addresses = []
            scheme = headers[.xForwardedProto].flatMap { Self.items(of: $0).last }
        }
        isSecure = scheme.map { $0.lowercased() == "https" }
    }

    private static func items(of text: String) -> [Substring] {
        text.split(separator: ",").suffix(maximumHops).map { trimmed($0) }
    }

    /// `for=192.0.2.1;proto=https` as names and values.
    private static func pairs(_ item: Substring) -> [String: Substring] {
        let pairs = item.split(separator: ";").compactMap { pair -> (String, Substring)? in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (trimmed(parts[0]).lowercased(), trimmed(parts[1]))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// An address without what stands around it: `"[2001:db8::1]:4711"`, `192.0.2.1:80`.
    private static func address(_ text: Substring) -> Substring? {
        var text = text
        if text.first == "\"", text.last == "\"", text.utf8.count > 1 { text = text.dropFirst().dropLast() }
        if text.first == "[" {
            text = text.dropFirst().prefix { $0 != "]" }
        } else if text.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1 {
            text = text.prefix { $0 != ":" }
        }
        return IPAddress(text) == nil ? nil : text
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

extension HTTPField.Name {
    /// `X-Forwarded-For`: the addresses that proxies saw, the nearest one last.
    static let xForwardedFor = constant("X-Forwarded-For")
    /// `X-Forwarded-Proto`: the scheme by which they were reached.
    static let xForwardedProto = constant("X-Forwarded-Proto")
    /// `Forwarded`: both, standardised.
    static let forwarded = constant("Forwarded")
    /// `Referrer-Policy`: whether other sites learn where someone came from.
    static let referrerPolicy = constant("Referrer-Policy")

    static func constant(_ text: String) -> Self {
        guard let name = Self(text) else { preconditionFailure("'\(text)' is no name of a header") }
        return name
    }
}
