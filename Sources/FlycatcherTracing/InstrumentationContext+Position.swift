// What the context of a library's work says about the trace.

#if Tracing
    import Flycatcher
    import Tracing

    /// Where in a trace a context is.
    enum ContextPosition: Sendable {
        /// In a span of this process.
        case span(Flycatcher.DistributedSpan)
        /// In one of another, as the headers of its request say.
        case elsewhere([String: String])
    }

    extension InstrumentationContext {
        private enum PositionKey: InstrumentationContextKey {
            typealias Value = ContextPosition
            static let nameOverride: String? = "flycatcher-trace"
        }

        var position: ContextPosition? {
            get { self[PositionKey.self] }
            set { self[PositionKey.self] = newValue }
        }

        /// The span that it is of.
        var distributedSpan: Flycatcher.DistributedSpan? {
            if case .span(let span)? = position { span } else { nil }
        }
    }
#endif
