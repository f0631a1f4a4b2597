// A span of a library, recorded as one of ours.

#if Tracing
    public import Flycatcher
    import FlycatcherWire
    import Synchronization
    public import Tracing

    extension Flycatcher {
        /// A span that a library traces; see ``DistributedTracer``.
        public final class DistributedSpan: Tracing.Span {
            private struct State: Sendable {
                var name: String
                var attributes: SpanAttributes = [:]
                var status: Flycatcher.SpanStatus?
            }

            let span: Flycatcher.Span
            private let kind: SpanKind
            /// The context around it; it is not in there itself, or it would hold itself.
            private let surroundings: InstrumentationContext
            private let outer: SpanID?
            private let startedAt: Timestamp
            private let capturesErrors: Bool
            private let state: Mutex<State>

            init(
                _ span: Flycatcher.Span, named name: String, _ kind: SpanKind,
                in context: InstrumentationContext,
                outer: SpanID?, startedAt: Timestamp, capturesErrors: Bool
            ) {
                self.span = span
                self.kind = kind
                surroundings = context
                self.outer = outer
                self.startedAt = startedAt
                self.capturesErrors = capturesErrors
                state = Mutex(State(name: name))
            }

            /// The span that the work is in whose context this one is in: one of the app's own, if it has entered one
            /// since, which contexts do not know of.
            var innermost: Flycatcher.Span {
                let isCurrent = InstrumentationContext.current?.distributedSpan === self
                return isCurrent ? Flycatcher.activeSpan ?? span : span
            }

            var ambient: AmbientSpan {
                AmbientSpan(span, outer: outer)
            }

            /// The context in which it is the span.
            public var context: InstrumentationContext {
                var context = surroundings
                context.position = .span(self)
                return context
            }

            /// Whether what is told to it will be sent.
            public var isRecording: Bool { span.isRecording }

            /// What it is called.
            public var operationName: String {
                get { state.withLock { $0.name } }
                set {
                    state.withLock { $0.name = newValue }
                    span.rename(newValue)
                }
            }

            /// What is known about it; sent as its data.
            public var attributes: SpanAttributes {
                get { state.withLock { $0.attributes } }
                set {
                    guard isRecording else { return }
                    state.withLock { $0.attributes = newValue }
                }
            }

            /// Says whether it succeeded.
            public func setStatus(_ status: Tracing.SpanStatus) {
                state.withLock { $0.status = status.code == .ok ? .ok : $0.status ?? .internalError }
                if let message = status.message { span.setData("status.message", to: .string(message)) }
            }

            /// Notes something that happens while it goes on, as a breadcrumb.
            public func addEvent(_ event: SpanEvent) {
                Flycatcher.addBreadcrumb(
                    Breadcrumb(event.name, category: "span.event", data: event.attributes.values))
            }

            /// Notes an error; the last one counts.
            public func recordError<Instant: TracerInstant>(
                _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
            ) {
                state.withLock { $0.status = Flycatcher.SpanStatus(error) }
                span.setData("exception.type", to: .string(String(reflecting: type(of: error))))
                span.setData("exception.message", to: .string("\(error)"))
                for (key, value) in attributes.values { span.setData(key, to: value) }
                if capturesErrors {
                    span.whileActive {
                        _ = Flycatcher.capture(
                            error: error,
                            mechanism: Mechanism(type: DistributedTracer.origin, isHandled: true))
                    }
                }
            }

            /// Does nothing: the wire has links, but nobody shows them.
            public func addLink(_ link: SpanLink) {}

            /// Ends it; a transaction is then sent.
            public func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
                let state = state.withLock { $0 }
                let attributes = state.attributes.values
                for (key, value) in attributes { span.setData(key, to: value) }
                if case .string(let route)? = attributes["http.route"], kind == .server {
                    span.rename(state.name == route ? route : state.name, source: .route)
                }
                span.finish(
                    status: status(state, attributes), operation: operation(attributes),
                    from: startedAt, to: Timestamp(instant()))
            }

            private func status(
                _ state: State, _ attributes: [String: JSONValue]
            ) -> Flycatcher.SpanStatus? {
                let code = attributes["http.response.status_code"] ?? attributes["http.status_code"]
                if case .integer(let code)? = code { return SpanStatus(httpStatus: code) }
                return state.status
            }

            /// The kind of operation, which clients and servers tell by their attributes.
            private func operation(_ attributes: [String: JSONValue]) -> String? {
                if attributes["db.system"] != nil || attributes["db.system.name"] != nil { return "db.query" }
                guard attributes["rpc.system"] != nil else { return nil }
                return kind == .server ? "grpc.server" : "grpc.client"
            }
        }
    }

    extension Flycatcher.Timestamp {
        init(_ instant: some TracerInstant) {
            self.init(microseconds: Int64(clamping: instant.nanosecondsSinceEpoch / 1000))
        }
    }
#endif
