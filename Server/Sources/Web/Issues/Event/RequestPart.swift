// The HTTP request during which it happened.

import TapeJSON

/// The request of an event.
struct RequestPart: View {
    let method: String
    /// The address with its query, as text: what a client sent is never made a link.
    let url: String
    let sections: [PairSection]
    /// The body, when it is a text.
    let body: String
    let curl: String?

    /// Nil when the event has no request.
    init?(_ event: EventDocument) {
        guard let request = event.member("request", of: event.root), event.json.count(request) > 0 else {
            return nil
        }
        let query = QueryString(event.member("query_string", of: request), in: event)
        let data = event.member("data", of: request)
        let isPlainBody = data.map { event.json.kind($0) == .string } ?? false
        let headers = event.pairs("headers", of: request)
        let cookies = event.cookies(event.member("cookies", of: request))
        method = event.string("method", of: request)
        url = query.appended(
            to: event.string("url", of: request), fragment: event.string("fragment", of: request))
        body = isPlainBody ? event.text(data, limit: Self.maximumBody).shown : ""
        sections = [
            PairSection(id: "query", title: "Query", query.pairs),
            PairSection(id: "headers", title: "Headers", headers),
            PairSection(id: "cookies", title: "Cookies", cookies),
            PairSection(id: "body", title: "Body", isPlainBody ? PairList() : event.pairs(data)),
            PairSection(id: "environment", title: "Environment", event.pairs("env", of: request)),
            PairSection(id: "rest", title: "More", event.pairs(request, without: Self.shownElsewhere)),
        ].compactMap { $0 }
        curl =
            CurlCommand(
                method: method, url: url, headers: headers.pairs, cookies: cookies.pairs,
                body: data.map { event.text($0, limit: Self.maximumBody).shown }
            ).text
    }

    func child(named name: String) -> Any? {
        switch name {
        case "method": optional(method)
        case "url": optional(url)
        case "sections": sections
        case "body": optional(body)
        case "curl": optional(curl)
        default: false
        }
    }

    private static let maximumBody = 16_384
    private static let shownElsewhere: Set<String> = [
        "method", "url", "query_string", "fragment", "headers", "cookies", "data", "env",
    ]
}

extension EventDocument {
    /// The cookies of a request, which may be one text, `a=1; b=2`.
    fileprivate func cookies(_ node: JSONNode?) -> PairList {
        guard let node, let text = json.string(node) else { return pairs(node) }
        let parts = text.split(separator: ";").prefix(PairList.maximumCount)
        return PairList(
            parts.map { part in
                let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = String(halves[0].drop { $0 == " " })
                return Pair(
                    name: name, value: BoundedText(String(halves.dropFirst().first ?? ""), limit: 2048).shown)
            })
    }
}
