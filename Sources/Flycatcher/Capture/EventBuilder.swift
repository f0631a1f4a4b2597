// Makes an event of what was captured: its own content, then the scopes', then what is always the same.

import FlycatcherWire

/// Fills events in, on the worker's thread.
struct EventBuilder: Sendable {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Makes the event of its own content.
    func build(_ draft: inout EventDraft) {
        let capture = draft.capture
        let stack = capture.stack?.trace(settings)
        switch capture.content {
        case .event(let event): draft.event = event
        case .end(let end): draft.event = end.event
        case .feedback(let feedback): draft.event.feedback = feedback
        case .error(let error, let mechanism):
            let report = mechanism.map { ErrorReport(error, $0) } ?? ErrorReport(error)
            draft.event.adopt(report, stack: stack)
            addThrowSites(to: &draft.event, report, capture.thrown)
        case .message(let message, let level):
            draft.event.message = message
            draft.event.level = level
            draft.event.threads = Self.threads(stack)
        case .line(let line):
            let stack = (stack ?? Flycatcher.StackTrace(frames: [])).ending(
                at: line.place, InAppRule(settings))
            if let error = line.error {
                let report = ErrorReport(error, line.mechanism)
                draft.event.adopt(report, stack: stack)
                addThrowSites(to: &draft.event, report, capture.thrown)
            } else {
                draft.event.threads = Self.threads(stack)
            }
            draft.event.message = Flycatcher.Message(line.message)
            draft.event.level = line.level
            draft.event.logger = line.logger
        }
    }

    /// Tells where an error and its causes were thrown, each as far as that is known.
    private func addThrowSites(
        to event: inout Flycatcher.Event, _ report: ErrorReport, _ thrown: Thrown?
    ) {
        guard let thrown else { return }
        let (limit, last) = (settings.maxStackFrames, event.exceptions.count - 1)
        for (index, error) in report.errors.enumerated() {
            let site =
                index == last ? thrown.site : ThrowSite(of: error, in: thrown.context, limit: limit)
            guard let site else { continue }
            event.exceptions[index].stackTrace = site.stack.trace(settings)
            event.exceptions[index].mechanism?.data.merge(site.data) { own, _ in own }
        }
    }

    private static func threads(_ stack: Flycatcher.StackTrace?) -> [Flycatcher.ThreadState] {
        guard let stack, !stack.frames.isEmpty else { return [] }
        return [Flycatcher.ThreadState(id: 0, isCurrent: true, stackTrace: stack)]
    }

    /// Adds what the scopes say: what the app set wins over them, the more specific over the others, and those of the
    /// capture over those of later captures of the same error.
    func applyScopes(to draft: inout EventDraft) {
        let supplements = draft.capture.report?.takeSupplements() ?? []
        let scopes = draft.capture.scopes + supplements.flatMap(\.scopes)
        draft.add(attachments: supplements.flatMap { $0.scopes.attachments })
        // Whoever reports the error first may have dealt with it only to throw it on.
        if draft.capture.report?.isUnhandled == true { draft.event.markUnhandled() }
        for scope in scopes { draft.event.fill(from: scope) }
        draft.event.fillRequest(from: scopes, settings)
        let breadcrumbs = scopes.breadcrumbs(limit: settings.maxBreadcrumbs) + draft.event.breadcrumbs
        draft.event.breadcrumbs = breadcrumbs.suffix(settings.maxBreadcrumbs)
        var flags = FeatureFlags()
        for scope in scopes.reversed() { flags.add(scope.flags) }
        draft.event.transaction = draft.event.transaction ?? draft.capture.trace.transactionName
        draft.event.contexts["flags"] = draft.event.contexts["flags"] ?? flags.context
    }

    /// Adds what holds for all events of the process.
    func fillDefaults(of draft: inout EventDraft) {
        draft.event.timestamp = draft.event.timestamp ?? draft.capture.capturedAt
        draft.event.level = draft.event.level ?? (draft.event.exceptions.isEmpty ? .info : .error)
        draft.event.release = draft.event.release ?? settings.release
        draft.event.dist = draft.event.dist ?? settings.options.dist
        draft.event.environment = draft.event.environment ?? settings.environment
        draft.event.serverName = draft.event.serverName ?? settings.serverName
        draft.event.contexts.merge(Host.contexts) { own, _ in own }
        if !draft.capture.isOfEarlierRun {
            draft.event.contexts["trace", default: [:]].merge(draft.capture.trace.context) { own, _ in own }
        }
        if draft.event.images.isEmpty { draft.event.images = LoadedImages.holding(draft.event) }
        if draft.event.modules.isEmpty { draft.event.modules = ResolvedPackages.current }
    }
}

extension Flycatcher.Event {
    /// Says that nobody dealt with the error, whoever noticed it.
    fileprivate mutating func markUnhandled() {
        guard let last = exceptions.indices.last else { return }
        exceptions[last].mechanism?.isHandled = false
    }

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
