// An operation that takes time, while it goes on.

public import FlycatcherWire
import Synchronization

extension Flycatcher {
    /// An operation under way: a transaction as a whole, or a part of one.
    ///
    /// You get one from ``Flycatcher/withTransaction(name:operation:options:_:)`` and
    /// ``Flycatcher/withSpan(operation:description:origin:_:)``, which also end it. Where the end is in another
    /// function, as with callbacks, begin one with ``Flycatcher/startTransaction(name:operation:options:)`` or
    /// ``startChild(operation:description:origin:)`` and call ``finish(status:)``.
    ///
    /// A span may be used from any thread. One that is not recorded, because the SDK or tracing is off, the trace is
    /// not sampled or there are too many, takes all calls and costs next to nothing.
    public final class Span: Sendable {
        private struct State {
            var name: String?
            var status: SpanStatus?
            var tags: [String: String] = [:]
            var data: [String: JSONValue] = [:]
            var isFinished = false
        }

        /// What a span is of.
        enum Role: Sendable {
            /// The whole of a transaction.
            case root(Recording)
            /// A part of one.
            case part(Recording)
            /// Nothing that is recorded.
            case nothing
        }

        /// A span that is part of no trace.
        static let inert = Span(.nothing, traceID: TraceID(), spanID: SpanID(), operation: "")

        /// The trace that it belongs to.
        public let traceID: TraceID
        /// Its own identity.
        public let spanID: SpanID
        /// The operation that it is a part of.
        public let parentSpanID: SpanID?
        /// The kind of operation, such as `db.query`.
        public let operation: String
        let role: Role
        private let origin: String
        private let startedAt: Timestamp
        private let state: Mutex<State>

        init(
            _ role: Role, traceID: TraceID, spanID: SpanID = SpanID(), parentSpanID: SpanID? = nil,
            operation: String, description: String? = nil, origin: String = "manual"
        ) {
            self.role = role
            self.traceID = traceID
            self.spanID = spanID
            self.parentSpanID = parentSpanID
            self.operation = operation
            self.origin = origin
            switch role {
            case .root(let recording): startedAt = recording.startedAt
            case .part(let recording): startedAt = recording.now
            case .nothing: startedAt = Timestamp(microseconds: 0)
            }
            state = Mutex(State(name: description))
        }

        /// Whether what is told to it will be sent.
        public var isRecording: Bool {
            recording?.decision.isSampled == true
        }

        /// The recording that it is the whole or a part of.
        var recording: Recording? {
            switch role {
            case .root(let recording), .part(let recording): recording
            case .nothing: nil
            }
        }

        /// Gives it another description, which for a transaction is its name.
        ///
        /// - Parameters:
        ///   - name: what it is called from now on.
        ///   - source: where a transaction's name comes from.
        public func rename(_ name: String, source: TransactionSource = .custom) {
            if case .root(let recording) = role {
                recording.rename(name, source)
            } else if isRecording {
                state.withLock { $0.name = name }
            }
        }

        /// Attaches a value, under the name that OpenTelemetry has for it if there is one.
        public func setData(_ key: String, to value: JSONValue) {
            guard isRecording else { return }
            state.withLock { $0.data.setBounded(key, to: value) }
        }

        /// Attaches a searchable name and value.
        public func setTag(_ key: String, to value: String) {
            guard isRecording else { return }
            state.withLock { $0.tags.setBounded(key, to: value) }
        }

        /// Says how it ends.
        public func setStatus(_ status: SpanStatus) {
            guard isRecording else { return }
            state.withLock { $0.status = status }
        }

        /// Says how it ends by the status of an HTTP answer, which is attached too.
        public func setHTTPStatus(_ status: Int) {
            setStatus(SpanStatus(httpStatus: status))
            setData("http.response.status_code", to: .integer(status))
        }

        /// Begins a part of it, which does not become the active span by that; see ``whileActive(_:)``.
        public func startChild(
            operation: String, description: String? = nil, origin: String = "manual"
        ) -> Span {
            guard let recording else { return self }
            guard recording.admitsSpan() else { return recording.unrecorded(at: self) }
            return Span(
                .part(recording), traceID: traceID, parentSpanID: spanID, operation: operation,
                description: description, origin: origin)
        }

        /// Ends it; further calls have no effect.
        ///
        /// A transaction is then sent, with the parts that have ended before.
        ///
        /// - Parameter status: how it ended; what was set before, or else ok, when left out.
        public func finish(status: SpanStatus? = nil) {
            guard let recording else { return }
            finish(status: status, operation: nil, from: startedAt, to: recording.now)
        }

        /// Ends it with moments by the clock of another library, which may know its kind only now.
        package func finish(
            status: SpanStatus?, operation: String?, from startedAt: Timestamp, to endedAt: Timestamp
        ) {
            guard let recording else { return }
            let finished = state.withLock { state -> State? in
                guard !state.isFinished else { return nil }
                state.isFinished = true
                state.status = status ?? state.status ?? .ok
                return state
            }
            guard let finished else { return }
            let record = record(finished, operation ?? self.operation, startedAt, endedAt)
            if case .root = role { recording.finish(record) } else { recording.add(record) }
        }

        /// Ends it with what an error says about it; a status that was set before stays.
        func finish(throwing error: any Error) {
            let known = state.withLock { $0.status }
            finish(status: known ?? SpanStatus(error))
        }

        private func record(
            _ state: State, _ operation: String, _ startedAt: Timestamp, _ endedAt: Timestamp
        ) -> SpanRecord {
            SpanRecord(
                traceID: traceID, spanID: spanID, parentSpanID: parentSpanID, operation: operation,
                description: state.name, status: state.status, origin: origin, startedAt: startedAt,
                endedAt: max(startedAt, endedAt), tags: state.tags, data: state.data)
        }
    }
}

// MARK: Its place in the trace

extension Flycatcher.Span {
    var place: SentryTrace {
        SentryTrace(traceID: traceID, spanID: spanID, isSampled: recording?.isSampled)
    }

    /// The fields of the context `trace` of an event.
    var context: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "trace_id": .string(traceID.description), "span_id": .string(spanID.description),
            "op": .string(operation),
        ]
        fields["parent_span_id"] = (parentSpanID?.description).map { .string($0) }
        return fields
    }

    var transactionName: String? { recording?.name }

    func samplingContext(_ settings: Settings) -> DynamicSamplingContext {
        recording?.samplingContext ?? .beginning(traceID, settings)
    }
}
