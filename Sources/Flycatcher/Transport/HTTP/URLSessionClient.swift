// Posts with Foundation's client, where no libcurl can be found at run time.

#if canImport(Darwin) || canImport(Musl)
    import Foundation
    import Synchronization

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// Knows neither proxies of its own nor certificates; the system's settings hold.
    final class URLSessionClient: HTTPClient {
        private let request: URLRequest
        private let session: URLSession
        private let isClosed = Mutex(false)

        /// Prepares the way; nil when the target is no URL.
        init?(_ target: HTTPTarget) {
            guard let url = URL(string: target.url) else { return nil }
            let timeout = HTTPTarget.timeout / .seconds(1)
            var request = URLRequest(url: url, timeoutInterval: timeout)
            request.httpMethod = "POST"
            for (name, value) in target.headers { request.setValue(value, forHTTPHeaderField: name) }
            #if canImport(FoundationNetworking)
                // Its tasks never end when the server drops a connection that they had taken up again.
                request.setValue("close", forHTTPHeaderField: "Connection")
            #endif
            self.request = request
            let configuration = URLSessionConfiguration.ephemeral
            configuration.timeoutIntervalForResource = timeout
            configuration.httpShouldSetCookies = false
            session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
        }

        func post(_ body: [UInt8], isGzip: Bool) throws(HTTPFailure) -> Flycatcher.ServerAnswer {
            var request = request
            request.httpBody = Data(body)
            if isGzip { request.setValue("gzip", forHTTPHeaderField: "Content-Encoding") }
            let outcome = Outcome()
            try start(request, outcome)
            return try outcome.wait(seconds: HTTPTarget.timeout / .seconds(1) + 1)
        }

        func close() {
            isClosed.withLock { isClosed in
                guard !isClosed else { return }
                isClosed = true
                session.invalidateAndCancel()
            }
        }

        /// Starts a request under the lock: Foundation ends the process over a task of an invalid session.
        private func start(_ request: URLRequest, _ outcome: Outcome) throws(HTTPFailure) {
            try isClosed.withLock { isClosed throws(HTTPFailure) in
                guard !isClosed else { throw .closed }
                session.dataTask(with: request) { _, response, error in
                    outcome.finish(Self.answer(response, error))
                }.resume()
            }
        }

        private static func answer(_ response: URLResponse?, _ error: (any Error)?) -> Outcome.Value {
            guard let response = response as? HTTPURLResponse else {
                return .failure(HTTPFailure(description: error.map { "\($0)" } ?? "no answer"))
            }
            return .success(
                Flycatcher.ServerAnswer(
                    status: response.statusCode,
                    retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
                    rateLimits: response.value(forHTTPHeaderField: "X-Sentry-Rate-Limits")))
        }
    }

    /// The one result that a request will have, awaited by the thread that made it.
    private final class Outcome: Sendable {
        typealias Value = Result<Flycatcher.ServerAnswer, HTTPFailure>

        private let result = Mutex<Value?>(nil)
        private let isFinished = DispatchSemaphore(value: 0)

        func finish(_ value: Value) {
            result.withLock { $0 = value }
            isFinished.signal()
        }

        func wait(seconds: Double) throws(HTTPFailure) -> Flycatcher.ServerAnswer {
            // Whether the time was up shows in the missing result.
            _ = isFinished.wait(timeout: .now() + seconds)
            guard let result = result.withLock({ $0 }) else {
                throw HTTPFailure(description: "no answer in time")
            }
            return try result.get()
        }
    }

    /// Keeps events from being carried to a place that the DSN does not name.
    private final class NoRedirects: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask,
            willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
            completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
#endif
