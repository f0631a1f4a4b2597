// Turns pages into HTML documents.

import Mustache

/// Renders pages with the templates that are compiled into the program; they are parsed once.
public struct PageRenderer: Sendable {
    private let library: MustacheLibrary

    /// Parses the templates.
    ///
    /// - Throws: when a template is malformed, which the tests rule out.
    public init() throws {
        MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
        var library = MustacheLibrary()
        for (name, source) in Templates.all {
            try library.register(Templates.prepared(source), named: name)
        }
        self.library = library
    }

    /// The whole HTML document of a page, as UTF-8.
    public func html(_ page: some Page) -> [UInt8] {
        let document = Document(content: page.content)
        return Array((library.render(document, withTemplate: page.content.template) ?? "").utf8)
    }
}

/// The outermost model: what a page shows, and its frame under the name `frame`.
private struct Document: View {
    let content: PageContent

    func child(named name: String) -> Any? {
        name == "frame" ? content.frame : content.values.child(named: name)
    }
}
