// What is known about the work at hand, as a thing that can be changed while it goes on.

import Synchronization

extension Flycatcher {
    /// Tags, user, breadcrumbs and whatever else goes with the events that are captured under it.
    ///
    /// You get one from ``Flycatcher/withScope(_:)`` and ``Flycatcher/configureScope(_:)``. It may be used from any
    /// thread. Keys beyond the hundredth of a kind are ignored.
    public final class Scope: Sendable {
        /// The scope of the innermost `withScope` around the current task.
        @TaskLocal static var current: Scope?
        /// The scope of the whole process.
        static let shared = Scope(ScopeData())

        private let data: Mutex<ScopeData>

        private init(_ data: ScopeData) {
            self.data = Mutex(data)
        }

        /// A new scope that begins with what the current one says.
        static func forked() -> Scope {
            Scope(current?.copy ?? ScopeData())
        }

        /// What the scopes around the caller say now, the most specific first.
        static func snapshot() -> [ScopeData] {
            current.map { [$0.copy, shared.copy] } ?? [shared.copy]
        }

        /// Changes what the scope says.
        func update(_ change: (inout ScopeData) -> Void) {
            data.withLock { change(&$0) }
        }

        private var copy: ScopeData {
            data.withLock { $0 }
        }

        /// Attaches a searchable name and value.
        public func setTag(_ key: String, to value: String) {
            data.withLock { $0.tags.setBounded(key, to: value) }
        }

        /// Takes a tag away again.
        public func removeTag(_ key: String) {
            data.withLock { $0.tags[key] = nil }
        }

        /// Attaches a value of any shape.
        public func setExtra(_ key: String, to value: JSONValue) {
            data.withLock { $0.extra.setBounded(key, to: value) }
        }

        /// Takes an extra value away again.
        public func removeExtra(_ key: String) {
            data.withLock { $0.extra[key] = nil }
        }

        /// Attaches a named group of values, shown as a table of its own.
        public func setContext(_ name: String, to fields: [String: JSONValue]) {
            data.withLock { $0.contexts.setBounded(name, to: fields) }
        }

        /// Takes a context away again.
        public func removeContext(_ name: String) {
            data.withLock { $0.contexts[name] = nil }
        }

        /// Says for whom the app is at work; nil when for nobody in particular.
        public func setUser(_ user: User?) {
            data.withLock { $0.user = user }
        }

        /// Sets the level of events that name none themselves.
        public func setLevel(_ level: Level?) {
            data.withLock { $0.level = level }
        }

        /// Says which events are one issue; `{{ default }}` stands for what the server would have chosen.
        public func setFingerprint(_ fingerprint: [String]) {
            data.withLock { $0.fingerprint = fingerprint }
        }

        /// Names the operation at hand, such as `POST /orders/:id`.
        public func setTransaction(_ name: String?) {
            data.withLock { $0.transaction = name }
        }

        /// Notes a step that may explain a later event; nothing is kept while the SDK is off.
        public func addBreadcrumb(_ breadcrumb: Breadcrumb) {
            guard let limit = ActiveClient.current?.settings.maxBreadcrumbs, limit > 0 else { return }
            let numbered = NumberedBreadcrumb(breadcrumb)
            data.withLock { $0.breadcrumbs.append(numbered, limit: limit) }
        }

        /// Forgets everything.
        public func clear() {
            data.withLock { $0 = ScopeData() }
        }
    }
}
