// Requests that the app makes: what is noted of them, whichever HTTP client makes them.

extension Flycatcher {
    /// Makes a request under the SDK's eyes: it carries the trace along, is a span, and leaves a breadcrumb.
    ///
    /// For those who connect an HTTP client to the SDK; the integrations that come with it use it too. Requests to
    /// the server that events are sent to are made unseen.
    ///
    /// - Parameters:
    ///   - request: what is asked of whom; its headers are read for those that other libraries set.
    ///   - origin: who watches: `auto.http.` and the name of the client.
    ///   - isolation: the actor that `send` runs on, that of the caller.
    ///   - answer: reads what came back.
    ///   - send: makes the request with further headers, which replace those of the same name.
    /// - Returns: what `send` returned.
    public static func watchRequest<Answer>(
        _ request: ObservedRequest, origin: String, isolation: isolated (any Actor)? = #isolation,
        answer: (Answer) -> ObservedAnswer,
        send: (_ headers: [String: String]) async throws -> Answer
    ) async rethrows -> Answer {
        guard let client = ActiveClient.current, !client.isReportTarget(request.url) else {
            return try await send([:])
        }
        let exchange = Exchange(request, origin, client.settings)
        return try await withSpan(
            operation: "http.client", description: exchange.description, origin: origin
        ) { span in
            exchange.describe(span)
            do {
                let headers = traceHeaders(for: request.url, baggage: request.header("baggage"))
                let reply = try await send(headers)
                exchange.end(with: answer(reply), span)
                return reply
            } catch {
                exchange.fail(with: error)
                throw error
            }
        }
    }

    /// What came back from a server, in plain values that any HTTP library can fill.
    public struct ObservedAnswer: Sendable {
        /// The HTTP status.
        public var status: Int
        /// The headers in their order.
        public var headers: [(name: String, value: String)]
        /// How many bytes the body has, if that is known.
        public var bodySize: Int?

        /// Notes an answer.
        public init(status: Int, headers: [(name: String, value: String)] = [], bodySize: Int? = nil) {
            self.status = status
            self.headers = headers
            self.bodySize = bodySize
        }
    }
}
