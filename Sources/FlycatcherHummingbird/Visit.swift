// One request of a Hummingbird app, and what is told about it.

#if Hummingbird
    import Flycatcher
    import HTTPTypes
    import Hummingbird
    import NIOCore

    /// A request on its way through the middleware.
    struct Visit<Context: RequestContext>: Sendable {
        static var origin: String { "auto.http.hummingbird" }

        private let request: HTTPRequest
        private let context: Context

        init(_ request: Hummingbird.Request, _ context: Context) {
            self.request = request.head
            self.context = context
        }

        var sentryTrace: String? { request.headerFields[.sentryTrace] }
        var baggage: String? { request.headerFields[.baggage] }
        var traceparent: String? { request.headerFields[.traceparent] }

        /// What is asked, by route if the router has found it already.
        var name: String {
            "\(request.method.rawValue) \(context.endpointPath ?? String(path))"
        }

        var options: Flycatcher.TransactionOptions {
            Flycatcher.TransactionOptions(
                source: context.endpointPath == nil ? .url : .route, origin: Self.origin)
        }

        /// Tells the scope of the request what it is about.
        func describe(_ scope: Flycatcher.Scope) {
            scope.setTransaction(name)
            scope.observeRequest { observed }
        }

        /// Notes how it was answered, and by which route, which some routers know only now.
        func end(_ status: Int, _ scope: Flycatcher.Scope, _ span: Flycatcher.Span) {
            if let route = context.endpointPath {
                scope.setTransaction(name)
                span.rename(name, source: .route)
                span.setData("http.route", to: .string(route))
            }
            span.setData("http.request.method", to: .string(request.method.rawValue))
            span.setHTTPStatus(status)
        }

        private var path: Substring {
            (request.path ?? "/").prefix { $0 != "?" }
        }

        /// The request in plain values; the host stands apart from the headers in HTTP/2, so it is put into the address.
        private var observed: Flycatcher.ObservedRequest {
            let host = request.authority.map { "\(request.scheme ?? "http")://\($0)" } ?? ""
            return Flycatcher.ObservedRequest(
                method: request.method.rawValue, url: host + (request.path ?? "/"),
                headers: request.headerFields.map { ($0.name.rawName, $0.value) },
                remoteAddress: (context as? any RemoteAddressRequestContext)?.remoteAddress?.ipAddress)
        }
    }

    extension HTTPField.Name {
        fileprivate static let sentryTrace = named("sentry-trace")
        fileprivate static let baggage = named("baggage")
        fileprivate static let traceparent = named("traceparent")

        private static func named(_ name: String) -> HTTPField.Name {
            guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header") }
            return name
        }
    }
#endif
