// A request as a command that repeats it.

/// The `curl` command of a request that a client described.
///
/// Someone will paste it into a shell, and whoever sent the event chose its words. So everything stands in single
/// quotes, control characters are taken out, and nothing is passed on that curl would read as an option, a file
/// name or a pattern.
struct CurlCommand {
    /// The command; nil when the address is none that curl should visit.
    let text: String?

    init(method: String, url: String, headers: [Pair], cookies: [Pair], body: String?) {
        guard Self.isWebAddress(url) else {
            text = nil
            return
        }
        var parts = ["curl --globoff"]
        let verb = method.isEmpty ? "GET" : method
        if verb != "GET", Self.isToken(verb) { parts.append("-X \(verb)") }
        parts.append(Self.quoted(url))
        for header in headers where Self.isToken(header.name) && !Self.isMadeByCurl(header.name) {
            parts.append("-H \(Self.quoted("\(header.name): \(header.value)"))")
        }
        let jar = cookies.filter { Self.isToken($0.name) }.map { "\($0.name)=\($0.value)" }.joined(
            separator: "; ")
        if !jar.isEmpty { parts.append("-b \(Self.quoted(jar))") }
        if let body, !body.isEmpty { parts.append("--data-raw \(Self.quoted(body))") }
        text = parts.joined(separator: " \\\n  ")
    }

    private static func isWebAddress(_ url: String) -> Bool {
        let scheme = url.prefix(8).lowercased()
        return scheme == "https://" || scheme.hasPrefix("http://")
    }

    private static func isMadeByCurl(_ header: String) -> Bool {
        ["host", "content-length", "connection", "cookie", "transfer-encoding", "accept-encoding"]
            .contains(header.lowercased())
    }

    /// A name that HTTP allows, so none that begins with `@`.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10
                    || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_")
            } && text.utf8.first != UInt8(ascii: "-")
    }

    private static func quoted(_ text: String) -> String {
        var out = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": out += "'\\''"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            default: if scalar.properties.generalCategory != .control { out.unicodeScalars.append(scalar) }
            }
        }
        return out + "'"
    }
}
