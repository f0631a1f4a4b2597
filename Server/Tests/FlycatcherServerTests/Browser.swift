// Someone in front of a browser: keeps cookies and fills forms in.

import HTTPTypes
import Hummingbird

@testable import FlycatcherServer

/// A browser with its cookies.
final class Browser {
    private let server: TestServer
    private let address: String?
    private var cookies: [String: String] = [:]

    init(_ server: TestServer, from address: String? = "192.0.2.1") {
        self.server = server
        self.address = address
    }

    @discardableResult
    func open(_ path: String) async throws -> Reply {
        remember(try await server.get(path, headers, peer: address))
    }

    /// Opens a page and sends its first form with these fields to `action`, or back to the page.
    @discardableResult
    func fill(_ page: String, _ fields: String = "", action: String? = nil) async throws -> Reply {
        let token = try await open(page).formToken
        return try await post(action ?? page, "form_token=\(token)&\(fields)")
    }

    @discardableResult
    func post(_ path: String, _ body: String) async throws -> Reply {
        remember(try await server.post(path, body, headers, peer: address))
    }

    @discardableResult
    func signIn(_ email: String = "jo@example.org", password: String = "correct+horse") async throws -> Reply
    {
        try await fill("/sign-in/", "email=\(email)&password=\(password)")
    }

    func cookie(_ name: String) -> String? { cookies[name] }

    func forgetCookies() { cookies = [:] }

    private var headers: HTTPFields {
        cookies.isEmpty ? [:] : [.cookie: cookies.map { "\($0)=\($1)" }.joined(separator: "; ")]
    }

    private func remember(_ reply: Reply) -> Reply {
        for cookie in reply.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", omittingEmptySubsequences: false)
            cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return reply
    }
}
