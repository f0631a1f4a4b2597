// What an app tells about itself, to be attached to the events that follow.

extension Flycatcher {
    /// Runs `body` with a scope of its own: what is set on it goes with the events captured inside, and nowhere else.
    ///
    /// ```swift
    /// Flycatcher.withScope { scope in
    ///     scope.setTag("tenant", to: "acme")
    ///     Flycatcher.capture(message: "quota exceeded")
    /// }
    /// ```
    ///
    /// The new scope begins as a copy of the one around it. It belongs to the task: child tasks see it, other
    /// tasks, `Task.detached` among them, do not.
    public static func withScope<Result, Failure: Error>(
        _ body: (Scope) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let scope = Scope.forked()
        // `withValue` knows only untyped errors, so the outcome leaves it as a value.
        let outcome = Scope.$current.withValue(scope) { () -> Swift.Result<Result, Failure> in
            do throws(Failure) { return .success(try body(scope)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// Runs `body` with a scope of its own, across its suspensions; see the form without `async`.
    public static func withScope<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Scope) async throws -> Result
    ) async rethrows -> Result {
        let scope = Scope.forked()
        return try await Scope.$current.withValue(
            scope, operation: { try await body(scope) }, isolation: isolation)
    }

    /// Changes the scope that all events of the process share.
    public static func configureScope(_ body: (Scope) -> Void) {
        guard isEnabled else { return }
        body(.shared)
    }

    /// Attaches a searchable name and value to the events that follow.
    public static func setTag(_ key: String, to value: String) {
        configureScope { $0.setTag(key, to: value) }
    }

    /// Takes a tag away again.
    public static func removeTag(_ key: String) {
        configureScope { $0.removeTag(key) }
    }

    /// Attaches a value of any shape to the events that follow; it is shown but not searched.
    public static func setExtra(_ key: String, to value: JSONValue) {
        configureScope { $0.setExtra(key, to: value) }
    }

    /// Takes an extra value away again.
    public static func removeExtra(_ key: String) {
        configureScope { $0.removeExtra(key) }
    }

    /// Attaches a named group of values to the events that follow, shown as a table of its own.
    public static func setContext(_ name: String, to fields: [String: JSONValue]) {
        configureScope { $0.setContext(name, to: fields) }
    }

    /// Takes a context away again.
    public static func removeContext(_ name: String) {
        configureScope { $0.removeContext(name) }
    }

    /// Says for whom the app is at work from now on; nil when for nobody.
    public static func setUser(_ user: User?) {
        configureScope { $0.setUser(user) }
    }

    /// Notes a step that may explain a later event; the newest hundred travel with each of them.
    public static func addBreadcrumb(_ breadcrumb: Breadcrumb) {
        configureScope { $0.addBreadcrumb(breadcrumb) }
    }

    /// Notes a step by its text.
    public static func addBreadcrumb(_ message: String, category: String? = nil, level: Level = .info) {
        guard isEnabled else { return }
        addBreadcrumb(Breadcrumb(message, category: category, level: level))
    }
}
