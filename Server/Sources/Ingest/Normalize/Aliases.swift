// Gives legacy fields their present names, and takes away what only servers may say (protocol section 7).

import TapeJSON

enum Aliases {
    private static let legacy: [(old: JSONKey, new: JSONKey)] = [
        ("sentry.interfaces.Exception", "exception"), ("sentry.interfaces.Message", "logentry"),
        ("sentry.interfaces.Stacktrace", "stacktrace"), ("sentry.interfaces.Http", "request"),
        ("sentry.interfaces.User", "user"), ("sentry.interfaces.Contexts", "contexts"),
        ("sentry.interfaces.Breadcrumbs", "breadcrumbs"), ("sentry.interfaces.Template", "template"),
        ("sentry.interfaces.Csp", "csp"), ("sentry.interfaces.DebugMeta", "debug_meta"),
    ]

    private static let serverOwned: [JSONKey] = [
        "project", "key_id", "grouping_config", "ingest_path", "time_spent", "version", "location", "title",
        "metadata", "hashes", "client_report_type",
    ]

    static func apply(_ draft: inout EventDraft) {
        for (old, new) in legacy {
            guard let node = draft.document.remove(old, of: draft.root) else { continue }
            if !draft.has(new) { draft.document.set(new, of: draft.root, to: node) }
        }
        for key in serverOwned { draft.document.remove(key, of: draft.root) }
        moveMessage(&draft)
    }

    /// `message` may hold what `logentry` should; the canonical one wins.
    private static func moveMessage(_ draft: inout EventDraft) {
        guard let message = draft.document.remove("message", of: draft.root) else { return }
        if !draft.has("logentry") { draft.document.set("logentry", of: draft.root, to: message) }
    }
}

extension EventDraft {
    /// Whether the event has a member that is not `null`.
    fileprivate func has(_ key: JSONKey) -> Bool {
        document.member(key, of: root).map { document.kind($0) != .null } ?? false
    }
}
