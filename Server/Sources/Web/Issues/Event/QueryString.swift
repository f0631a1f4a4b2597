// The query of a request, given as a text, a map or a list of pairs.

import TapeJSON

/// A URL's query in both its forms.
struct QueryString {
    let text: String
    let pairs: PairList

    init(_ node: JSONNode?, in event: EventDocument) {
        guard let node, let text = event.json.string(node) else {
            pairs = event.pairs(node)
            self.text = pairs.pairs.map { "\(URLText.encoded($0.name))=\(URLText.encoded($0.value))" }
                .joined(separator: "&")
            return
        }
        self.text = BoundedText(String(text.drop { $0 == "?" }), limit: EventDocument.maximumTextLength).shown
        pairs = PairList(Self.pairs(of: self.text))
    }

    /// A URL with this query, unless it has one already.
    func appended(to url: String, fragment: String) -> String {
        let query = text.isEmpty || url.contains("?") ? "" : "?\(text)"
        return url + query + (fragment.isEmpty || url.contains("#") ? "" : "#\(fragment)")
    }

    private static func pairs(of text: String) -> [Pair] {
        text.split(separator: "&").prefix(PairList.maximumCount).map { item in
            let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Pair(
                name: URLText.decoded(halves[0]), value: URLText.decoded(halves.dropFirst().first ?? ""))
        }
    }
}
