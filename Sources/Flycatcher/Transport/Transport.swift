// The seam between making envelopes and carrying them.

public import FlycatcherWire

extension Flycatcher {
    /// What a transport carries: a header and one item per thing to report.
    public typealias Envelope = FlycatcherWire.Envelope

    /// Carries envelopes to a server.
    ///
    /// The SDK calls ``send(_:)`` on a thread of its own, one envelope at a time, so an implementation may block;
    /// it must come back by itself after a bounded time, and soon after ``close()``, which any thread may call at
    /// any time, also more than once. A failed envelope is given up, not sent again.
    public protocol Transport: Sendable {
        /// Sends an envelope and waits for the answer.
        ///
        /// - Throws: when no answer came.
        func send(_ envelope: Envelope) throws -> ServerAnswer

        /// Waits until everything has left that ``send(_:)`` has only taken over; a transport that waits for its
        /// answers, as it should, has nothing to do here.
        ///
        /// - Returns: false when the time was up first.
        func flush(timeout: Duration) -> Bool

        /// Gives up what is under way; nothing will be sent any more.
        func close()
    }

    /// What a server answered to an envelope.
    public struct ServerAnswer: Hashable, Sendable {
        /// The HTTP status.
        public var status: Int
        /// The header `Retry-After`, as it was sent.
        public var retryAfter: String?
        /// The header `X-Sentry-Rate-Limits`, as it was sent.
        public var rateLimits: String?

        /// Notes an answer.
        public init(status: Int, retryAfter: String? = nil, rateLimits: String? = nil) {
            self.status = status
            self.retryAfter = retryAfter
            self.rateLimits = rateLimits
        }
    }
}

extension Flycatcher.Transport {
    /// Has nothing to wait for.
    public func flush(timeout: Duration) -> Bool { true }
}
