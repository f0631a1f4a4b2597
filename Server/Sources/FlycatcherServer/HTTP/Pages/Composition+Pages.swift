// What handlers of pages are written with: contexts, documents, redirects, checks.

import Hummingbird
import Model
import Web

extension Composition {
    /// The circumstances of a page for someone who is signed in.
    func pageContext(_ context: FlycatcherRequestContext) async throws -> PageContext {
        pageContext(context, projects: try await store.projects())
    }

    /// The circumstances of a page that shows these projects.
    func pageContext(_ context: FlycatcherRequestContext, projects: [Project]) -> PageContext {
        PageContext(
            user: context.visitor.session?.user, formToken: context.visitor.formToken,
            publicURL: address.url.description, projects: projects, now: accounts.now(),
            notices: context.visitor.session == nil ? [] : notices)
    }

    /// A page as an answer.
    func html(_ page: some Page, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, html: renderer.html(page))
    }

    /// Sends the browser to another of our pages, to be fetched with GET.
    ///
    /// - Parameter path: below the public address, without a slash in front.
    func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: "\(address.url.path)/\(path)"])
    }

    /// What makes the cookies for the browser of a request.
    func cookies(for request: Request, _ context: FlycatcherRequestContext) -> PageCookies {
        PageCookies(url: address.url, isSecure: isSecure(request, context))
    }

    /// The session of whoever asks.
    ///
    /// - Throws: ``PageError/signInNeeded(_:)``; a form's address makes no sense afterwards, so it leads to the start.
    func session(_ request: Request, _ context: FlycatcherRequestContext) throws(PageError) -> Session {
        if let session = context.visitor.session { return session }
        let isForm = request.method == .post
        throw .signInNeeded(isForm ? "" : "\(address.url.path)\(request.head.path ?? "/")")
    }
}

extension FormFields {
    /// A query of one item, `?` included.
    static func query(_ name: String, _ value: String) -> String {
        guard !value.isEmpty else { return "" }
        return "?\(name)=\(encoded(value))"
    }

    /// A text with everything percent-encoded that could mean something.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            isUnreserved(byte) ? String(UnicodeScalar(byte)) : "%" + hex(byte >> 4) + hex(byte & 15)
        }.joined()
    }

    private static func hex(_ digit: UInt8) -> String {
        String(digit, radix: 16, uppercase: true)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || "-._~/".utf8.contains(byte)
    }
}
