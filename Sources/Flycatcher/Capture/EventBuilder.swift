// Makes an event of what was captured: its own content, then the scopes', then what is always the same.

import FlycatcherWire

/// Fills events in, on the worker's thread.
struct EventBuilder: Sendable {
    private let settings: Settings
    private let contexts: [String: [String: Flycatcher.JSONValue]]
    let trace: TraceIdentity

    init(_ settings: Settings) {
        self.settings = settings
        trace = TraceIdentity()
        contexts = Host.contexts.merging(["trace": trace.context]) { $1 }
    }

    /// The whole event; what the app set wins over the scopes, the inner scope over the outer.
    func event(from capture: Capture) -> Flycatcher.Event {
        var event = content(of: capture)
        for scope in capture.scopes { event.fill(from: scope) }
        event.fillRequest(from: capture.scopes, settings)
        let breadcrumbs = capture.scopes.breadcrumbs(limit: settings.maxBreadcrumbs) + event.breadcrumbs
        event.breadcrumbs = breadcrumbs.suffix(settings.maxBreadcrumbs)
        fillDefaults(of: &event, capturedAt: capture.capturedAt)
        return event
    }

    private func content(of capture: Capture) -> Flycatcher.Event {
        let stack = capture.stack.map {
            Flycatcher.StackTrace(frames: $0.frames(InAppRule(settings)), isSnapshot: true)
        }
        switch capture.content {
        case .event(let event): return event
        case .error(let error, let mechanism):
            var exceptions = ExceptionChain(error).values
            if let last = exceptions.indices.last {
                exceptions[last].stackTrace = stack
                exceptions[last].mechanism?.adopt(mechanism)
            }
            return Flycatcher.Event(exceptions: exceptions, id: capture.id)
        case .message(let text, let level):
            var event = Flycatcher.Event(message: Flycatcher.Message(text), level: level, id: capture.id)
            if let stack, !stack.frames.isEmpty {
                event.threads = [Flycatcher.ThreadState(id: 0, isCurrent: true, stackTrace: stack)]
            }
            return event
        }
    }

    private func fillDefaults(of event: inout Flycatcher.Event, capturedAt: Timestamp) {
        event.timestamp = event.timestamp ?? capturedAt
        event.level = event.level ?? (event.exceptions.isEmpty ? .info : .error)
        event.release = event.release ?? settings.release
        event.dist = event.dist ?? settings.options.dist
        event.environment = event.environment ?? settings.environment
        event.serverName = event.serverName ?? settings.serverName
        event.contexts.merge(contexts) { own, _ in own }
    }
}

extension Flycatcher.Event {
    /// Takes from a scope what the event does not say itself.
    fileprivate mutating func fill(from scope: ScopeData) {
        tags.merge(scope.tags) { own, _ in own }
        extra.merge(scope.extra) { own, _ in own }
        contexts.merge(scope.contexts) { own, _ in own }
        user = user ?? scope.user
        level = level ?? scope.level
        transaction = transaction ?? scope.transaction
        if fingerprint.isEmpty { fingerprint = scope.fingerprint }
    }
}
