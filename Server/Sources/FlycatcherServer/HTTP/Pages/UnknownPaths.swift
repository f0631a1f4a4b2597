// What becomes of requests that no route wants.

import Hummingbird

/// Answers unknown paths: as ingest does below `/api/`, where clients of any origin send, and a page everywhere else.
struct UnknownPaths: RouterMiddleware {
    typealias Context = FlycatcherRequestContext

    let pages: PageMiddleware
    let endpoints: UnknownEndpoints

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix("/api/") else {
            if request.method == .options { return IntakeAnswer.preflight }
            endpoints.count(request.uri.path)
            return IntakeAnswer.unknownPath
        }
        return await pages.respond(to: request, context) { _ in throw PageError.notFound("This page") }
    }
}
