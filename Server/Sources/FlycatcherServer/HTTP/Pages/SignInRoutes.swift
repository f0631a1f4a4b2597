// The way in and out: password, one-time link, signing out.

import Hummingbird
import Logging
import Model
import Web

extension Composition {
    /// `/`, `/sign-in/`, `/sign-in/{token}/` and `/sign-out/`.
    func addSignInRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("") { _, context in
            redirect(to: context.visitor.session == nil ? "sign-in/" : "issues/")
        }
        pages.get("sign-in") { request, context in
            let next = ReturnPath(FormFields(request.uri.query ?? "")["next"] ?? "")
            if context.visitor.session != nil { return goOn(to: next) }
            return html(SignInPage(next: next, context: pageContext(context, projects: [])))
        }
        pages.post("sign-in") { request, context in
            try await signIn(request, context)
        }
        pages.get("sign-in/{token}") { _, context in
            let page = SignInLinkPage(
                token: try context.parameters.require("token"), context: pageContext(context, projects: []))
            return html(page)
        }
        pages.post("sign-in/{token}") { request, context in
            try await useLink(try context.parameters.require("token"), request, context)
        }
        pages.post("sign-out") { request, context in
            if let cookie = request.cookies[PageCookies.session] {
                try await accounts.endSession(cookie.value)
            }
            var response = redirect(to: "sign-in/")
            response.setCookie(cookies(for: request, context).signedOut)
            return response
        }
    }

    private func signIn(_ request: Request, _ context: FlycatcherRequestContext) async throws -> Response {
        let email = context.form["email"] ?? ""
        let next = ReturnPath(context.form["next"] ?? "")
        let client = clientAddress(of: request, context)
        let attempt = try throttle.attempt(email: email, address: client)
        guard let user = try await accounts.user(email: email, password: context.form["password"] ?? "")
        else {
            context.logger.notice("a sign-in failed", metadata: ["address": "\(client ?? "local")"])
            let page = SignInPage(
                email: email, next: next, failure: "E-mail address or password is wrong.",
                context: pageContext(context, projects: []))
            return html(page, status: .unauthorized)
        }
        throttle.succeeded(attempt)
        return try await signedIn(user, cookies(for: request, context), goingOn: goOn(to: next))
    }

    private func useLink(
        _ token: String, _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        guard let user = try await accounts.takeSignInLink(token) else {
            let page = SignInPage(
                failure: "This link has been used or is too old. The server prints a new one when it starts,"
                    + " as long as nobody has set a password.",
                context: pageContext(context, projects: []))
            return html(page, status: .unauthorized)
        }
        let hasPassword = try await store.user(email: user.email)?.password != nil
        return try await signedIn(
            user, cookies(for: request, context),
            goingOn: redirect(to: hasPassword ? "issues/" : "settings/account/"))
    }

    private func signedIn(
        _ user: User, _ cookies: PageCookies, goingOn response: Response
    ) async throws -> Response {
        var response = response
        let secret = try await accounts.startSession(for: user.id)
        response.setCookie(cookies.signedIn(secret))
        return response
    }

    /// Sends the browser to a path that already holds the public address's own.
    private func goOn(to next: ReturnPath) -> Response {
        next == .start
            ? redirect(to: "issues/") : Response(status: .seeOther, headers: [.location: next.path])
    }
}
