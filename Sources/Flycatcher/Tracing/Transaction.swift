// A finished transaction, as a value.

import FlycatcherWire

extension Flycatcher {
    /// One piece of work from its beginning to its end: what ``Options/beforeSendTransaction`` sees.
    public struct Transaction: Hashable, Sendable {
        /// What the transaction shares with events: tags, user, contexts and whatever else the scopes say.
        public var event: Event
        /// Where the name comes from.
        public var source: TransactionSource
        /// The work as a whole.
        public var root: SpanRecord
        /// Its parts, in the order in which they ended.
        public var spans: [SpanRecord]

        /// What the work is called, such as `POST /orders/:id`.
        public var name: String {
            get { event.transaction ?? "" }
            set { event.transaction = newValue }
        }

        /// The names under which losses are counted: the transaction, and as spans its parts and the whole.
        var losses: [Loss] {
            Loss.transaction(spanCount: spans.count)
        }
    }
}

extension Loss {
    /// What is lost with a transaction that has so many parts (protocol section 19).
    static func transaction(spanCount: Int) -> [Loss] {
        [Loss(.transaction, 1), Loss(.span, spanCount + 1)]
    }
}
