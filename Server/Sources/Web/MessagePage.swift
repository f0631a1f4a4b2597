// A page that only says something: what was not found, not allowed or went wrong.

/// A message in place of a page.
public struct MessagePage: Page {
    public let content: PageContent

    /// Says what happened and, in `detail`, what to do next; `status` is the HTTP status of the answer.
    public init(status: Int, title: String, detail: String, context: PageContext) {
        let message = Message(
            status: String(status), title: title, detail: detail, home: context.links.path("issues/"))
        content = PageContent(template: "message", frame: PageFrame(title, .none, context), values: message)
    }
}

private struct Message: View {
    let status: String
    let title: String
    let detail: String
    let home: String

    func child(named name: String) -> Any? {
        switch name {
        case "status": status
        case "title": title
        case "detail": optional(detail)
        case "home": home
        default: false
        }
    }
}
