// What every page is: a template, the values it shows, and the frame around them.

/// A page of the web interface, ready to be rendered by ``PageRenderer``.
public protocol Page: Sendable {
    /// What the page shows, all texts ready.
    var content: PageContent { get }
}

/// The template of a page together with the values it shows.
public struct PageContent: Sendable {
    let template: String
    let frame: PageFrame
    let values: any View

    init(template: String, frame: PageFrame, values: some View) {
        self.template = template
        self.frame = frame
        self.values = values
    }
}
