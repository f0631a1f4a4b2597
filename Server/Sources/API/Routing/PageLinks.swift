// The headers by which callers turn pages.

/// Writes the `Link` header of a page.
struct PageLinks {
    let publicURL: String
    let request: APIRequest
    /// The cursor of the next page; nil on the last one.
    let next: String?

    /// Answers are read forwards only, so that the previous page never has results.
    var header: (name: String, value: String) {
        let links = [
            link("previous", hasResults: false, cursor: Self.firstPage),
            link("next", hasResults: next != nil, cursor: next ?? Self.firstPage),
        ]
        return (name: "Link", value: links.joined(separator: ", "))
    }

    /// The cursor that stands for the beginning.
    static let firstPage = "0:0:1"

    private func link(_ relation: String, hasResults: Bool, cursor: String) -> String {
        "<\(url(cursor))>; rel=\"\(relation)\"; results=\"\(hasResults)\"; cursor=\"\(cursor)\""
    }

    /// The request's own address with another cursor, absolute, as some clients follow it as it is.
    private func url(_ cursor: String) -> String {
        let path = request.path.map { URLText.encoded($0) + "/" }.joined()
        let kept = request.query.filter { $0.name != "cursor" } + [(name: "cursor", value: cursor)]
        let query = kept.map { "\(URLText.encoded($0.name))=\(URLText.encoded($0.value))" }
        return "\(publicURL)/api/0/\(path)?\(query.joined(separator: "&"))"
    }
}
