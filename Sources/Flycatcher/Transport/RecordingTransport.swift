// A transport that goes nowhere.

import Synchronization

extension Flycatcher {
    /// Keeps the newest thousand envelopes in memory, for an app's own tests.
    ///
    /// ```swift
    /// let transport = Flycatcher.RecordingTransport()
    /// Flycatcher.start { $0.transport = transport }
    /// Flycatcher.capture(message: "hello")
    /// Flycatcher.flush()
    /// #expect(transport.envelopes.count == 1)
    /// ```
    public final class RecordingTransport: Transport {
        private static let capacity = 1000

        private let answer: ServerAnswer
        private let recorded = Mutex(Ring<Envelope>())

        /// Makes a transport that gives every envelope the same answer.
        public init(answer: ServerAnswer = ServerAnswer(status: 200)) {
            self.answer = answer
        }

        /// What was sent so far, oldest first.
        public var envelopes: [Envelope] {
            recorded.withLock { $0.elements }
        }

        /// Keeps the envelope.
        public func send(_ envelope: Envelope) -> ServerAnswer {
            recorded.withLock { $0.append(envelope, limit: Self.capacity) }
            return answer
        }

        /// Does nothing; what was recorded stays.
        public func close() {}
    }
}
