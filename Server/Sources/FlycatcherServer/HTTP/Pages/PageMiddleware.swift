// What all pages have in common: who asks, whether a form may be believed, errors people can read, safe headers.

import Hummingbird
import Logging
import Model
import Web

/// Stands in front of every page.
struct PageMiddleware: RouterMiddleware {
    typealias Context = FlycatcherRequestContext

    let parts: Composition

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        await respond(to: request, context) { context in
            var context = context
            context.form = try await checkedForm(of: request, context)
            return try await next(request, context)
        }
    }

    /// Answers whatever `work` makes of the request, even if that is an error.
    func respond(
        to request: Request, _ context: Context, _ work: (Context) async throws -> Response
    ) async -> Response {
        var context = context
        var response: Response
        do {
            context.visitor = try await parts.visitor(of: request)
            response = try await work(context)
        } catch {
            response = await parts.answer(to: error, request, context)
        }
        if case .guest(let secret) = context.visitor, request.cookies[PageCookies.guest]?.value != secret.text
        {
            response.setCookie(parts.cookies(for: request, context).guest(secret))
        }
        // What a download says of itself is stricter.
        for header in Self.headers where response.headers[header.name] == nil {
            response.headers.append(header)
        }
        context.logAnswer(response, to: request)
        return response
    }

    /// Reads a form and refuses it unless it brings back the token of the page it stood on.
    private func checkedForm(of request: Request, _ context: Context) async throws -> FormFields {
        guard request.method == .post else { return FormFields("") }
        let form = FormFields(String(buffer: try await body(of: request)))
        let token = form["form_token"] ?? ""
        guard let expected = Secret(context.visitor.formToken), let given = Secret(token),
            expected.isEqual(to: given)
        else { throw PageError.staleForm }
        return form
    }

    private func body(of request: Request) async throws(PageError) -> ByteBuffer {
        do {
            return try await withDeadline(Self.formTime) {
                try await request.body.collect(upTo: FormFields.maximumBytes)
            }
        } catch is DeadlineError {
            throw .formTooSlow
        } catch {
            throw .formTooLarge
        }
    }

    /// How long a form may take to arrive.
    private static let formTime = Duration.seconds(30)

    /// Nothing from elsewhere is loaded, no other site frames a page, and none learns its address.
    private static let headers: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        .xContentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .crossOriginResourcePolicy: "same-origin",
        .cacheControl: "private, no-store",
    ]
}

extension Composition {
    /// Who sends a request.
    ///
    /// A guest without a cookie gets a new secret, which the answer brings them.
    fileprivate func visitor(of request: Request) async throws -> Visitor {
        let cookies = request.cookies
        if let cookie = cookies[PageCookies.session], let session = try await accounts.session(cookie.value) {
            return .member(session)
        }
        return .guest(cookies[PageCookies.guest].flatMap { Secret($0.value) } ?? Secret())
    }

    /// The page, or the way to sign in, that an error ends in.
    fileprivate func answer(
        to error: any Error, _ request: Request, _ context: FlycatcherRequestContext
    ) async -> Response {
        let reason = pageError(error, context)
        if case .signInNeeded(let path) = reason {
            return redirect(to: "sign-in/" + FormFields.query("next", path))
        }
        let page = MessagePage(
            status: reason.status.code, title: reason.title, detail: reason.detail,
            context: pageContext(context, projects: []))
        var response = Response(status: reason.status, html: renderer.html(page))
        if case .tooManyTries(let seconds) = reason { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func pageError(_ error: any Error, _ context: FlycatcherRequestContext) -> PageError {
        switch error {
        case let error as PageError:
            return error
        case PasswordHasherError.busy:
            return .tooManyTries(5)
        case StoreError.damaged(_):
            context.logger.error("a page could not be shown: what it shows is damaged", error: error)
            return .failed(requestID: context.name)
        case let error as StoreError:
            context.logger.error("a page could not be shown: the store refuses", error: error)
            return .unavailable
        default:
            context.logger.error("a page could not be shown", error: error)
            return .failed(requestID: context.name)
        }
    }
}
