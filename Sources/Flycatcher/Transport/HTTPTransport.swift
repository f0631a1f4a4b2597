// Carries envelopes over HTTP, with Foundation's client.

import FlycatcherWire
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Posts each envelope to the endpoint of a DSN, uncompressed, over connections that are kept open.
final class HTTPTransport: Flycatcher.Transport {
    static let timeout: TimeInterval = 30

    private let request: URLRequest
    private let session: URLSession
    private let isClosed = Mutex(false)

    /// Prepares the way; nil when the DSN's parts make no URL.
    init?(dsn: DSN) {
        guard let url = URL(string: dsn.endpointURL("envelope")) else { return nil }
        let auth = SentryAuth(
            publicKey: dsn.publicKey, client: SDKIdentity.userAgent, secretKey: dsn.secretKey)
        var request = URLRequest(url: url, timeoutInterval: Self.timeout)
        request.httpMethod = "POST"
        request.setValue("application/x-sentry-envelope", forHTTPHeaderField: "Content-Type")
        request.setValue(auth.headerValue, forHTTPHeaderField: "X-Sentry-Auth")
        request.setValue(SDKIdentity.userAgent, forHTTPHeaderField: "User-Agent")
        self.request = request
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForResource = Self.timeout
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    func send(_ envelope: Envelope) throws -> Flycatcher.ServerAnswer {
        let outcome = Outcome()
        var request = request
        request.httpBody = Data(envelope.serialized())
        try start(request, outcome)
        return try outcome.wait(seconds: Self.timeout + 1)
    }

    func close() {
        isClosed.withLock { isClosed in
            guard !isClosed else { return }
            isClosed = true
            session.invalidateAndCancel()
        }
    }

    /// Starts a request under the lock, because Foundation ends the process over a task of an invalid session.
    private func start(_ request: URLRequest, _ outcome: Outcome) throws {
        try isClosed.withLock { isClosed in
            guard !isClosed else { throw URLError(.cancelled) }
            session.dataTask(with: request) { _, response, error in
                outcome.finish(Result { try Self.answer(response, error) })
            }.resume()
        }
    }

    private static func answer(
        _ response: URLResponse?, _ error: (any Error)?
    ) throws -> Flycatcher.ServerAnswer {
        if let error { throw error }
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return Flycatcher.ServerAnswer(
            status: response.statusCode, retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
            rateLimits: response.value(forHTTPHeaderField: "X-Sentry-Rate-Limits"))
    }
}

/// The one result that a request will have, awaited by the thread that made it.
private final class Outcome: Sendable {
    private let result = Mutex<Result<Flycatcher.ServerAnswer, any Error>?>(nil)
    private let isFinished = DispatchSemaphore(value: 0)

    func finish(_ value: Result<Flycatcher.ServerAnswer, any Error>) {
        result.withLock { $0 = value }
        isFinished.signal()
    }

    func wait(seconds: TimeInterval) throws -> Flycatcher.ServerAnswer {
        // Whether the time was up shows in the missing result.
        _ = isFinished.wait(timeout: .now() + seconds)
        guard let result = result.withLock({ $0 }) else { throw URLError(.timedOut) }
        return try result.get()
    }
}

/// Keeps events from being carried to a place that the DSN does not name.
private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
