// What an app reported during a test.

public import Flycatcher
public import FlycatcherWire

extension Flycatcher {
    /// What was reported while ``Flycatcher/withRecordedEvents(configure:_:)`` ran, in the order of sending.
    public struct Recorded: Sendable {
        /// The errors, messages and events, each as the server would have got it.
        public let events: [Event]
        /// The log records.
        public let logs: [LogRecord]
        /// The measurements.
        public let metrics: [Metric]
        /// Everything, in the form that travels: check-ins, feedback, transactions and sessions too.
        public let envelopes: [Envelope]

        /// The types of the errors that were reported.
        public var errorTypes: [String] {
            events.compactMap { $0.exceptions.last?.type }
        }

        /// The texts of the messages that were reported.
        public var messages: [String] {
            events.compactMap { $0.message?.formatted }
        }

        /// How many items of a type were sent, such as `transaction` or `check_in`.
        public func count(ofType type: String) -> Int {
            envelopes.reduce(0) { $0 + $1.items.count { $0.header.type == type } }
        }
    }
}
