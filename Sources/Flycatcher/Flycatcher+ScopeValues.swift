// What an app tells about the request or job at hand, to be attached to the events that follow.

extension Flycatcher {
    /// Attaches a searchable name and value to the events of this request or job.
    public static func setTag(_ key: String, to value: String) {
        configureScope { $0.setTag(key, to: value) }
    }

    /// Attaches searchable names and values, besides those that are there.
    public static func setTags(_ tags: [String: String]) {
        configureScope { $0.setTags(tags) }
    }

    /// Takes a tag away again.
    public static func removeTag(_ key: String) {
        configureScope { $0.removeTag(key) }
    }

    /// Attaches a value of any shape to the events of this request or job; it is shown but not searched.
    public static func setExtra(_ key: String, to value: JSONValue) {
        configureScope { $0.setExtra(key, to: value) }
    }

    /// Takes an extra value away again.
    public static func removeExtra(_ key: String) {
        configureScope { $0.removeExtra(key) }
    }

    /// Attaches a named group of values to the events of this request or job, shown as a table of its own.
    public static func setContext(_ name: String, to fields: [String: JSONValue]) {
        configureScope { $0.setContext(name, to: fields) }
    }

    /// Takes a context away again.
    public static func removeContext(_ name: String) {
        configureScope { $0.removeContext(name) }
    }

    /// Attaches a value to the log records, measurements and spans of this request or job.
    public static func setAttribute(_ key: String, to value: JSONValue) {
        configureScope { $0.setAttribute(key, to: value) }
    }

    /// Takes an attribute away again.
    public static func removeAttribute(_ key: String) {
        configureScope { $0.removeAttribute(key) }
    }

    /// Says for whom this request or job is; nil when for nobody.
    public static func setUser(_ user: User?) {
        configureScope { $0.setUser(user) }
    }

    /// Notes whether a feature was switched on; the newest hundred travel with each event.
    public static func addFeatureFlag(_ name: String, _ result: Bool) {
        configureScope { $0.addFeatureFlag(name, result) }
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
