// What every page knows of the request: who asks, when, and under which address the server is reached.

public import FlycatcherWire
public import Model

/// The circumstances in which a page is shown.
public struct PageContext: Sendable {
    /// Who is signed in; nil for nobody.
    public var user: User?
    /// What every form sends back as `form_token`; empty when nobody is signed in.
    public var formToken: String
    /// The address under which people reach the server, such as `https://errors.example/flycatcher`.
    public var publicURL: String
    /// All projects, for the filter and for the first steps of someone who has none.
    public var projects: [Project]
    /// The moment that relative times count from.
    public var now: Timestamp
    /// What everybody should know of the server.
    public var notices: [Notice]

    /// Takes the circumstances as they are.
    public init(
        user: User?, formToken: String, publicURL: String, projects: [Project], now: Timestamp,
        notices: [Notice] = []
    ) {
        self.user = user
        self.formToken = formToken
        self.publicURL = publicURL
        self.projects = projects
        self.now = now
        self.notices = notices
    }

    var links: Links { Links(publicURL: publicURL) }
}
