// The addresses of pages, below whatever path the server is reached under.

import FlycatcherWire
import Model

/// Makes the links that pages hold; they begin with the path of the public address and never with a scheme.
struct Links: View {
    /// The path of the public address, without a slash at its end; mostly empty.
    let base: String

    init(publicURL: String) {
        let withoutScheme = publicURL.split(separator: "://", maxSplits: 1).last ?? ""
        let path = withoutScheme.drop { $0 != "/" }
        base = "/" + path.split(separator: "/").joined(separator: "/")
    }

    func child(named name: String) -> Any? {
        switch name {
        case "issues": path("issues/")
        case "projects": path("projects/")
        case "account": path("settings/account/")
        case "signIn": path("sign-in/")
        case "signOut": path("sign-out/")
        default: false
        }
    }

    func issue(_ id: ShortID) -> String {
        path("issues/\(id)/")
    }

    func events(of id: ShortID) -> String {
        path("issues/\(id)/events/")
    }

    func event(_ event: EventID, of id: ShortID) -> String {
        path("issues/\(id)/events/\(event)/")
    }

    func rawEvent(_ event: EventID, of id: ShortID) -> String {
        path("issues/\(id)/events/\(event)/json/")
    }

    func setup(of project: Project) -> String {
        path("projects/\(URLText.encoded(project.slug))/setup/")
    }

    func grouping(ofProject slug: String) -> String {
        path("projects/\(URLText.encoded(slug))/grouping/")
    }

    func limits(of project: Project) -> String {
        path("projects/\(URLText.encoded(project.slug))/limits/")
    }

    func asset(_ name: String) -> String {
        path("assets/\(name)")
    }

    /// A path below the public address; `rest` has no slash in front.
    func path(_ rest: String) -> String {
        base == "/" ? "/" + rest : base + "/" + rest
    }
}
