// The backend of swift-distributed-tracing that records what libraries trace.

#if Tracing
    public import Flycatcher
    public import Tracing

    extension Flycatcher {
        /// Records the spans of libraries that speak swift-distributed-tracing, as transactions and spans.
        ///
        /// ```swift
        /// Flycatcher.start { $0.tracesSampleRate = 0.1 }
        /// InstrumentationSystem.bootstrap(Flycatcher.DistributedTracer())
        /// ```
        ///
        /// A span without another around it is a transaction. What is captured in a span names it, and spans of both
        /// kinds may be in each other. Requests are continued by `sentry-trace` and `baggage`, or else `traceparent`.
        /// Since whoever injects headers does not say where a request goes, ``Flycatcher/Options/tracePropagationTargets``
        /// has no say in that. Links between spans are not carried.
        public struct DistributedTracer: Tracer {
            /// How the spans that it makes are recognised.
            static let origin = "auto.tracing.distributed"
            private static let headerNames = ["sentry-trace", "baggage", "traceparent"]

            private let capturesErrors: Bool

            /// Makes the tracer; hand it to `InstrumentationSystem.bootstrap`.
            ///
            /// - Parameter capturesErrors: whether errors that are recorded on a span are captured too. Off by default,
            ///   since a span records each error that passes through it, also those that somebody handles further out.
            public init(capturesErrors: Bool = false) {
                self.capturesErrors = capturesErrors
                AmbientSpan.install { InstrumentationContext.current?.distributedSpan?.ambient }
            }

            /// Begins a span: a part of that in the context, else of the active one, else a transaction.
            public func startSpan<Instant: TracerInstant>(
                _ operationName: String, context: @autoclosure () -> InstrumentationContext,
                ofKind kind: SpanKind,
                at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
            ) -> DistributedSpan {
                let context = context()
                let outer = Flycatcher.scopedSpanID
                let span = Self.span(operationName, context, kind)
                span.setData("code.function", to: .string(function))
                span.setData("code.filepath", to: .string(fileID))
                span.setData("code.lineno", to: .integer(Int(line)))
                return DistributedSpan(
                    span, named: operationName, kind, in: context, outer: outer,
                    startedAt: Timestamp(instant()), capturesErrors: capturesErrors)
            }

            private static func span(
                _ name: String, _ context: InstrumentationContext, _ kind: SpanKind
            ) -> Flycatcher.Span {
                let operation = kind.operation
                switch context.position {
                case .span(let parent)?:
                    return parent.innermost.startChild(
                        operation: operation, description: name, origin: origin)
                case .elsewhere(let headers)?:
                    return Flycatcher.continueTrace(
                        sentryTrace: headers["sentry-trace"], baggage: headers["baggage"],
                        traceparent: headers["traceparent"]
                    ) { transaction(name, operation) }
                case nil:
                    guard let parent = Flycatcher.activeSpan else { return transaction(name, operation) }
                    return parent.startChild(operation: operation, description: name, origin: origin)
                }
            }

            private static func transaction(_ name: String, _ operation: String) -> Flycatcher.Span {
                Flycatcher.startTransaction(
                    name: name, operation: operation, options: TransactionOptions(origin: origin))
            }

            /// The span that a context is of.
            public func activeSpan(identifiedBy context: InstrumentationContext) -> DistributedSpan? {
                context.distributedSpan
            }

            /// Takes from a request which trace it is part of.
            public func extract<Carrier, Extract: Extractor>(
                _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
            ) where Extract.Carrier == Carrier {
                var headers: [String: String] = [:]
                for name in Self.headerNames { headers[name] = extractor.extract(key: name, from: carrier) }
                if !headers.isEmpty { context.position = .elsewhere(headers) }
            }

            /// Tells an outgoing request which trace it is part of.
            public func inject<Carrier, Inject: Injector>(
                _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
            ) where Inject.Carrier == Carrier {
                let headers =
                    switch context.position {
                    case .span(let span)?: span.innermost.whileActive { Flycatcher.traceHeaders() }
                    case .elsewhere(let headers)?:
                        Flycatcher.continueTrace(
                            sentryTrace: headers["sentry-trace"], baggage: headers["baggage"],
                            traceparent: headers["traceparent"]
                        ) { Flycatcher.traceHeaders() }
                    case nil: Flycatcher.traceHeaders()
                    }
                for (name, value) in headers { injector.inject(value, forKey: name, into: &carrier) }
            }

            /// Waits until everything captured so far has been sent, for two seconds at most.
            public func forceFlush() {
                Flycatcher.flush()
            }
        }
    }

    extension SpanKind {
        /// The kind of operation, as far as it is known when the span begins.
        fileprivate var operation: String {
            switch self {
            case .server: "http.server"
            case .client: "http.client"
            case .producer: "queue.publish"
            case .consumer: "queue.process"
            case .internal: "function"
            }
        }
    }
#endif
