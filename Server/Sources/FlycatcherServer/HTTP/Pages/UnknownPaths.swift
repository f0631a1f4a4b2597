// What becomes of requests that no route wants.

import Hummingbird

/// Answers unknown paths: JSON below `/api/`, a page everywhere else.
struct UnknownPaths: RouterMiddleware {
    typealias Context = FlycatcherRequestContext

    let pages: PageMiddleware

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix("/api/") else {
            return Response(status: .notFound, json: #"{"detail":"this server has no such endpoint"}"#)
        }
        return await pages.respond(to: request, context) { _ in throw PageError.notFound("This page") }
    }
}
