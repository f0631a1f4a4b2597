// Finds events of machines on which somebody develops.

import TapeJSON

enum LocalhostFilter {
    static let finds: @Sendable (EventDraft) -> Bool = { draft in
        if let user = draft.document["user"], let address = draft.text("ip_address", of: user),
            addresses.contains(address)
        {
            return true
        }
        guard let request = draft.document["request"] else { return false }
        if let url = draft.text("url", of: request) { return isLocal(url: url) || isForwardedLocally(draft) }
        return isForwardedLocally(draft) || isAskedLocally(draft, "Host")
            || isAskedLocally(draft, "X-Forwarded-Host")
    }

    private static let addresses: Set<String> = ["127.0.0.1", "::1"]
    private static let hosts = ["localhost", "127.0.0.1"]

    private static func isForwardedLocally(_ draft: EventDraft) -> Bool {
        draft.headerText("X-Forwarded-For").map { addresses.contains($0) } ?? false
    }

    private static func isAskedLocally(_ draft: EventDraft, _ header: StaticString) -> Bool {
        draft.headerText(header).map { isHost(withoutPort($0)) } ?? false
    }

    private static func isLocal(url: String) -> Bool {
        guard let mark = url.firstRange(of: "://") else { return false }
        if url[..<mark.lowerBound].lowercased() == "file" { return true }
        let authority = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = withoutPort(authority.split(separator: "@").last.map(String.init) ?? "").lowercased()
        return isHost(host) || hosts.contains { host.hasSuffix(".\($0)") }
    }

    private static func isHost(_ text: String) -> Bool {
        hosts.contains(text.lowercased()) || text == "[::1]" || text == "::1"
    }

    private static func withoutPort(_ text: String) -> String {
        guard let colon = text.lastIndex(of: ":"), text.lastIndex(of: "]").map({ $0 < colon }) ?? true,
            text[text.index(after: colon)...].allSatisfy(\.isNumber)
        else { return text }
        return String(text[..<colon])
    }
}

extension EventDraft {
    /// The value of a header by its `Title-Case` name, without reading the others.
    func headerText(_ name: StaticString) -> String? {
        headerNode(name).flatMap { document.string($0) }
    }
}
