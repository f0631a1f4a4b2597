// Spans that are active by the word of another tracing library.

import FlycatcherWire
import Synchronization

/// A span that another library has bound to the task, where the scopes do not know of it.
package struct AmbientSpan: Sendable {
    private static let isInstalled = Atomic<Bool>(false)
    private static let finder = Mutex<(@Sendable () -> AmbientSpan?)?>(nil)

    let span: Flycatcher.Span
    /// The span that was active by the scopes when this one began.
    let outer: Flycatcher.SpanID?

    /// Notes a span that becomes active by the word of another library, and what was active before.
    package init(_ span: Flycatcher.Span, outer: Flycatcher.SpanID?) {
        self.span = span
        self.outer = outer
    }

    /// Asks `finder` from now on; while nobody is to be asked it costs the reading of a flag.
    package static func install(_ finder: @escaping @Sendable () -> AmbientSpan?) {
        Self.finder.withLock { $0 = finder }
        isInstalled.store(true, ordering: .releasing)
    }

    fileprivate static var found: AmbientSpan? {
        guard isInstalled.load(ordering: .acquiring), let finder = finder.withLock({ $0 }) else { return nil }
        return finder()
    }
}

extension TracePosition {
    /// Where the caller is; nil where nobody said.
    ///
    /// A span of another library counts unless the app has entered one of ours, or another trace, within it.
    static var here: TracePosition? {
        let own = Scopes.here.trace
        guard let ambient = AmbientSpan.found else { return own }
        guard let own else { return .span(ambient.span) }
        return own.place.spanID == ambient.outer ? .span(ambient.span) : own
    }
}

extension Flycatcher {
    /// The place in the trace that the scopes name, whatever other libraries say.
    package static var scopedSpanID: SpanID? {
        Scopes.here.trace?.place.spanID
    }
}
