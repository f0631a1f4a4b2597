// What is known about the work at hand, as a thing that can be changed while it goes on.

import Synchronization

extension Flycatcher {
    /// Sees an event before it is sent; may change it, or drop it by returning nil or throwing.
    public typealias EventProcessor = @Sendable (Event, Hint) throws -> Event?

    /// Tags, user, breadcrumbs and whatever else goes with the events that are captured under it.
    ///
    /// You get one from ``Flycatcher/withScope(_:)``, ``Flycatcher/withIsolationScope(_:)`` and
    /// ``Flycatcher/configureScope(_:_:)``. It may be used from any thread. Keys beyond the hundredth of a kind are
    /// ignored.
    public final class Scope: Sendable {
        /// The scope of the whole process.
        static let global = Scope(as: .global)

        private static let counter = Atomic<UInt64>(ScopeNumber.ofProcess.current.value)

        /// Tells it apart; it stands first, where the crash handler looks for it.
        let number: ScopeNumber
        private let data: Mutex<CopyOnWrite<ScopeData>>
        private let lastEvent = Mutex<EventID?>(nil)

        init(_ data: CopyOnWrite<ScopeData> = CopyOnWrite(ScopeData()), as number: ScopeNumber? = nil) {
            self.number =
                number
                ?? ScopeNumber(value: Self.counter.wrappingAdd(1, ordering: .relaxed).newValue)
            self.data = Mutex(data)
        }

        /// What it says now.
        var copy: CopyOnWrite<ScopeData> {
            data.withLock { $0 }
        }

        /// The event that was captured last under it.
        var lastEventID: EventID? {
            get { lastEvent.withLock { $0 } }
            set { lastEvent.withLock { $0 = newValue } }
        }

        /// A new scope that begins with what this one says, and knows nothing of later changes.
        func forked() -> Scope {
            let scope = Scope(copy)
            ScopeMirror.noteFork(scope.number, of: number)
            return scope
        }

        /// Changes what the scope says.
        func update(_ change: (inout ScopeData) -> Void) {
            data.withLock { data in
                change(&data.value)
                ScopeMirror.note(data.value, of: number)
            }
        }

        /// Adds a step, of which only the newest are kept.
        func append(_ breadcrumb: NumberedBreadcrumb, limit: Int) {
            data.withLock { data in
                data.value.breadcrumbs.append(breadcrumb, limit: limit)
                ScopeMirror.note(breadcrumb, of: number)
            }
        }

        /// Forgets everything that was told; event processors stay.
        public func clear() {
            update { $0 = $0.cleared() }
            ScopeMirror.noteCleared(number)
        }

        /// Writes everything that it says into the run's file, which has just been begun.
        func mirror() {
            data.withLock { data in
                ScopeMirror.note(data.value, of: number)
                for breadcrumb in data.value.breadcrumbs.elements { ScopeMirror.note(breadcrumb, of: number) }
            }
        }
    }
}

// MARK: Names and values

extension Flycatcher.Scope {
    /// Attaches a searchable name and value.
    public func setTag(_ key: String, to value: String) {
        update { $0.tags.setBounded(key, to: value) }
    }

    /// Attaches searchable names and values, besides those that are there.
    public func setTags(_ tags: [String: String]) {
        update { data in
            for (key, value) in tags { data.tags.setBounded(key, to: value) }
        }
    }

    /// Takes a tag away again.
    public func removeTag(_ key: String) {
        update { $0.tags[key] = nil }
    }

    /// Attaches a value of any shape.
    public func setExtra(_ key: String, to value: Flycatcher.JSONValue) {
        update { $0.extra.setBounded(key, to: value) }
    }

    /// Takes an extra value away again.
    public func removeExtra(_ key: String) {
        update { $0.extra[key] = nil }
    }

    /// Attaches a named group of values, shown as a table of its own; it replaces a group of that name.
    public func setContext(_ name: String, to fields: [String: Flycatcher.JSONValue]) {
        update { $0.contexts.setBounded(name, to: fields) }
    }

    /// Takes a context away again.
    public func removeContext(_ name: String) {
        update { $0.contexts[name] = nil }
    }

    /// Attaches a value to log records, measurements and spans: a text, a number, a truth value or a list of one of these.
    public func setAttribute(_ key: String, to value: Flycatcher.JSONValue) {
        update { $0.attributes.setBounded(key, to: value) }
    }

    /// Takes an attribute away again.
    public func removeAttribute(_ key: String) {
        update { $0.attributes[key] = nil }
    }

    /// Notes whether a feature was switched on; of a hundred and one the one that was asked longest ago is forgotten.
    public func addFeatureFlag(_ name: String, _ result: Bool) {
        update { $0.flags.add(name, result) }
    }

    /// Forgets a feature.
    public func removeFeatureFlag(_ name: String) {
        update { $0.flags.remove(name) }
    }
}

// MARK: Who, how bad, which issue

extension Flycatcher.Scope {
    /// Says for whom the app is at work; nil when for nobody in particular.
    public func setUser(_ user: Flycatcher.User?) {
        update { $0.user = user }
    }

    /// Sets the level of events that name none themselves.
    public func setLevel(_ level: Flycatcher.Level?) {
        update { $0.level = level }
    }

    /// Says which events are one issue; `{{ default }}` stands for what the server would have chosen.
    public func setFingerprint(_ fingerprint: [String]) {
        update { $0.fingerprint = fingerprint }
    }

    /// Names the operation at hand, such as `POST /orders/:id`.
    public func setTransaction(_ name: String?) {
        update { $0.transaction = name }
    }
}

// MARK: What happened before, and who sees what happens

extension Flycatcher.Scope {
    /// Notes a step that may explain a later event; nothing is kept while the SDK is off.
    public func addBreadcrumb(_ breadcrumb: Flycatcher.Breadcrumb) {
        guard let client = ActiveClient.current, let kept = client.reviewed(breadcrumb) else { return }
        append(NumberedBreadcrumb(kept), limit: client.settings.maxBreadcrumbs)
    }

    /// Forgets all steps so far.
    public func clearBreadcrumbs() {
        update { $0.breadcrumbs = Ring() }
        ScopeMirror.noteCleared(number)
    }

    /// Has `processor` see the events that are captured under the scope.
    ///
    /// Processors run on the SDK's own thread, in the order in which they were added: those of the current scope,
    /// the isolation scope, the global scope, then those of the options.
    public func addEventProcessor(_ processor: @escaping Flycatcher.EventProcessor) {
        // What it wants to change or drop must not be sent past it.
        CrashWatch.holdDelivery()
        update { data in
            guard data.processors.count < ScopeData.maximumKeys else { return }
            data.processors.append(processor)
        }
    }
}
