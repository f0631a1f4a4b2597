// Where a developer watches what the SDK sends.

extension Flycatcher {
    /// Whether a copy of everything goes to a viewer on the developer's machine; write `true`, `false` or a URL.
    public enum Spotlight: Hashable, Sendable {
        /// There is no viewer.
        case off
        /// The viewer listens at its usual place, `http://localhost:8969/stream`.
        case on
        /// The viewer listens at this URL.
        case url(String)
    }
}

extension Flycatcher.Spotlight: ExpressibleByBooleanLiteral, ExpressibleByStringLiteral {
    /// Takes whether there is a viewer.
    public init(booleanLiteral value: Bool) {
        self = value ? .on : .off
    }

    /// Takes the viewer's URL.
    public init(stringLiteral value: String) {
        self = .url(value)
    }
}

extension Flycatcher.Spotlight {
    /// The option and the variable together; a variable's URL says where, when the option says only that.
    static func resolved(_ option: Self?, variable: String?) -> Self {
        let fromVariable = variable.map { text in
            switch Settings.truth(of: text) {
            case true?: Self.on
            case false?: Self.off
            case nil: Self.url(text)
            }
        }
        if option == .on, case .url? = fromVariable { return fromVariable ?? .on }
        return option ?? fromVariable ?? .off
    }

    /// Where copies go; nil for nowhere.
    var address: String? {
        switch self {
        case .off: nil
        case .on: "http://localhost:8969/stream"
        case .url(let address): address
        }
    }
}
