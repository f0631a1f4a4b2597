// A middleware for Vapor 4, to be copied into an app: source and not a product.
//
// Vapor is not built along with this package, so unlike everything else here this file is compiled by no test. It says
// what the Hummingbird middleware says, which is.
//
//     app.middleware.use(FlycatcherMiddleware(), at: .beginning)

import Flycatcher
import Vapor

/// Reports the errors of a Vapor app, each with the request it happened in.
///
/// Put it first, so that it sees what other middleware throws; Vapor's own `ErrorMiddleware`, which turns errors into
/// answers, must stand before it. Each request has an isolation scope of its own, continues the trace that its headers
/// name, is a transaction by the name of its route and a session of the release's health.
struct FlycatcherMiddleware: AsyncMiddleware {
    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        guard Flycatcher.isEnabled else { return try await next.respond(to: request) }
        return try await Flycatcher.withIsolationScope { scope in
            let observed = request.observed
            scope.observeRequest { observed }
            return try await Flycatcher.continueTrace(
                sentryTrace: request.headers.first(name: "sentry-trace"),
                baggage: request.headers.first(name: "baggage"),
                traceparent: request.headers.first(name: "traceparent")
            ) {
                try await Flycatcher.withTransaction(
                    name: request.transactionName, operation: "http.server",
                    options: Flycatcher.TransactionOptions(source: .url, origin: "auto.http.vapor")
                ) { span in
                    try await Flycatcher.withSession { session in
                        try await answer(request, scope, span, session, next)
                    }
                }
            }
        }
    }

    private func answer(
        _ request: Request, _ scope: Flycatcher.Scope, _ span: Flycatcher.Span,
        _ session: Flycatcher.Session, _ next: any AsyncResponder
    ) async throws -> Response {
        do {
            let response = try await next.respond(to: request)
            end(request, Int(response.status.code), scope, span)
            if response.status.code >= 500 { session.setOutcome(.errored) }
            return response
        } catch {
            let status = (error as? any AbortError).map { Int($0.status.code) } ?? 500
            end(request, status, scope, span)
            session.setOutcome(status >= 500 && !(error is CancellationError) ? .crashed : .exited)
            if status >= 500 {
                let mechanism = Flycatcher.Mechanism(type: "auto.http.vapor", isHandled: false)
                Flycatcher.capture(error: error, mechanism: mechanism)
            }
            throw error
        }
    }

    /// Vapor finds the route behind its middleware, so its name is known only now.
    private func end(
        _ request: Request, _ status: Int, _ scope: Flycatcher.Scope, _ span: Flycatcher.Span
    ) {
        scope.setTransaction(request.transactionName)
        span.rename(request.transactionName, source: request.route == nil ? .url : .route)
        span.setHTTPStatus(status)
    }
}

extension Request {
    /// What is asked, by route if it has been found.
    fileprivate var transactionName: String {
        let path = route.map { "/" + $0.path.map(\.description).joined(separator: "/") } ?? url.path
        return "\(method.rawValue) \(path)"
    }

    /// The request in plain values.
    fileprivate var observed: Flycatcher.ObservedRequest {
        let host = headers.first(name: .host).map { "\(url.scheme ?? "http")://\($0)" } ?? ""
        return Flycatcher.ObservedRequest(
            method: method.rawValue, url: host + url.string, headers: headers.map { ($0.name, $0.value) },
            remoteAddress: remoteAddress?.ipAddress)
    }
}
