// The HTTP client whose requests are seen: as spans, as breadcrumbs, and by the servers that continue the trace.

#if AsyncHTTPClient
    public import AsyncHTTPClient
    public import Flycatcher
    public import NIOCore
    import NIOHTTP1

    extension Flycatcher {
        /// Makes the requests of an `HTTPClient`, and tells the SDK about each; see `HTTPClient.watched`.
        ///
        /// A request becomes a span of the active transaction, `http.client`, and a breadcrumb: `info`, from status 400
        /// on `warning`, from 500 on and without an answer `error`. It carries the headers by which the server can
        /// continue the trace, where ``Options/tracePropagationTargets`` lets it. Credentials in the URL are not
        /// reported. With ``Options/captureFailedRequests``, failures are events too. Requests to the server that
        /// events are sent to are left alone.
        public struct WatchedHTTPClient: Sendable {
            private static let origin = "auto.http.async_http_client"

            private let client: HTTPClient

            init(_ client: HTTPClient) {
                self.client = client
            }

            /// Makes a request; see `HTTPClient.execute(_:deadline:logger:)`.
            public func execute(
                _ request: HTTPClientRequest, deadline: NIODeadline
            ) async throws -> HTTPClientResponse {
                try await watch(request) { try await client.execute($0, deadline: deadline) }
            }

            /// Makes a request; see `HTTPClient.execute(_:timeout:logger:)`.
            public func execute(
                _ request: HTTPClientRequest, timeout: TimeAmount
            ) async throws -> HTTPClientResponse {
                try await watch(request) { try await client.execute($0, timeout: timeout) }
            }

            private func watch(
                _ request: HTTPClientRequest,
                _ execute: (HTTPClientRequest) async throws -> HTTPClientResponse
            ) async throws -> HTTPClientResponse {
                try await Flycatcher.watchRequest(
                    request.observed, origin: Self.origin, answer: \.observed
                ) { headers in
                    var request = request
                    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
                    return try await execute(request)
                }
            }
        }
    }

    extension HTTPClient {
        /// The same client, but the SDK is told about each request.
        ///
        /// ```swift
        /// let response = try await HTTPClient.shared.watched.execute(request, timeout: .seconds(5))
        /// ```
        public var watched: Flycatcher.WatchedHTTPClient {
            Flycatcher.WatchedHTTPClient(self)
        }
    }

    extension HTTPClientRequest {
        fileprivate var observed: Flycatcher.ObservedRequest {
            Flycatcher.ObservedRequest(
                method: method.rawValue, url: url, headers: headers.map { ($0.name, $0.value) },
                direction: .outgoing)
        }
    }

    extension HTTPClientResponse {
        fileprivate var observed: Flycatcher.ObservedAnswer {
            Flycatcher.ObservedAnswer(
                status: Int(status.code), headers: headers.map { ($0.name, $0.value) },
                bodySize: headers.first(name: "content-length").flatMap { Int($0) })
        }
    }
#endif
