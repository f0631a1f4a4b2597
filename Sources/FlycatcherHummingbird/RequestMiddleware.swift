// The middleware that tells the SDK about each request of a Hummingbird app.

#if Hummingbird
    public import Flycatcher
    import HTTPTypes
    public import Hummingbird

    extension Flycatcher {
        /// Reports the errors of a Hummingbird app, each with the request it happened in.
        ///
        /// ```swift
        /// let router = Router()
        /// router.add(middleware: Flycatcher.HummingbirdMiddleware())
        /// ```
        ///
        /// Put it first, so that it sees what other middleware throws. Each request has an isolation scope of its own,
        /// continues the trace that its headers name, is a transaction `http.server` by the name of its route, such as
        /// `GET /users/{id}`, and a session of the release's health. An error that no one handles is reported and thrown
        /// on; one that is answered with a status below 500 is not reported. What fails while a body is streamed, after
        /// the handler has returned, is out of its sight.
        public struct HummingbirdMiddleware<Context: RequestContext>: RouterMiddleware {
            private let reports: @Sendable (any Error, Int) -> Bool

            /// Makes the middleware.
            ///
            /// - Parameter reports: which errors are reported, by the error and the status it is answered with; those
            ///   from status 500 on when left out.
            public init(
                reporting reports: @escaping @Sendable (_ error: any Error, _ status: Int) -> Bool = {
                    _, status in status >= 500
                }
            ) {
                self.reports = reports
            }

            /// Lets the request through, and reports what it throws.
            public func handle(
                _ request: Hummingbird.Request, context: Context,
                next: (Hummingbird.Request, Context) async throws -> Response
            ) async throws -> Response {
                guard Flycatcher.isEnabled else { return try await next(request, context) }
                let visit = Visit(request, context)
                return try await Flycatcher.withIsolationScope { scope in
                    visit.describe(scope)
                    return try await Flycatcher.continueTrace(
                        sentryTrace: visit.sentryTrace, baggage: visit.baggage,
                        traceparent: visit.traceparent
                    ) {
                        try await Flycatcher.withTransaction(
                            name: visit.name, operation: "http.server", options: visit.options
                        ) { span in
                            try await Flycatcher.withSession { session in
                                try await answer(visit, scope, span, session) {
                                    try await next(request, context)
                                }
                            }
                        }
                    }
                }
            }

            private func answer(
                _ visit: Visit<Context>, _ scope: Scope, _ span: Span, _ session: Session,
                _ respond: () async throws -> Response
            ) async throws -> Response {
                do {
                    let response = try await respond()
                    visit.end(response.status.code, scope, span)
                    if response.status.code >= 500 { session.setOutcome(.errored) }
                    return response
                } catch {
                    let status = (error as? any HTTPResponseError)?.status.code ?? 500
                    visit.end(status, scope, span)
                    session.setOutcome(status >= 500 && !(error is CancellationError) ? .crashed : .exited)
                    if reports(error, status) {
                        Flycatcher.capture(
                            error: error, mechanism: Mechanism(type: Visit<Context>.origin, isHandled: false))
                    }
                    throw error
                }
            }
        }
    }
#endif
