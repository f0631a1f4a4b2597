// What integrations may collect by themselves.

extension Flycatcher {
    /// What is collected by itself from requests and the like; what an app sets on a scope or an event is sent as it is.
    ///
    /// ```swift
    /// Flycatcher.start {
    ///     $0.dataCollection = .permissive
    ///     $0.dataCollection?.cookies = .off
    /// }
    /// ```
    ///
    /// Whatever is allowed here, the value of a name that sounds like a secret is sent as `[Filtered]`: a name that
    /// contains, in any case, one of `auth`, `token`, `secret`, `password`, `passwd`, `pwd`, `key`, `jwt`, `bearer`,
    /// `sso`, `saml`, `csrf`, `xsrf`, `credentials`, `session`, `sid`, `identity`.
    public struct DataCollection: Hashable, Sendable {
        /// Whose values are collected; the others are sent as `[Filtered]`, under their names.
        public enum Values: Hashable, Sendable {
            /// Neither names nor values.
            case off
            /// All values but those whose names contain one of these terms, or one of the built-in ones.
            case except([String])
            /// Only values whose names contain one of these terms, and none of the built-in ones.
            case only([String])
        }

        /// The bodies that may be collected.
        public enum HTTPBody: Hashable, Sendable, CaseIterable {
            /// What clients send to the app.
            case incomingRequest
            /// What the app sends to other services.
            case outgoingRequest
        }

        /// Who is signed in, and the address that requests come from.
        public var userInfo = false
        /// The cookies of requests.
        public var cookies = Values.only([])
        /// The headers of requests and answers; those that give a client's address away need ``userInfo`` too.
        public var httpHeaders = Values.except([])
        /// The parameters in URLs.
        public var queryParams = Values.except([])
        /// The bodies that are collected, when they are JSON or forms; other bodies never are.
        public var httpBodies: Set<HTTPBody> = []

        /// Begins with what identifies nobody.
        public init() {}

        /// What ``Options/sendDefaultPii`` stands for: users, their addresses, cookies and the bodies they send.
        public static let permissive: DataCollection = {
            var collection = DataCollection()
            collection.userInfo = true
            collection.cookies = .except([])
            collection.httpBodies = [.incomingRequest]
            return collection
        }()
    }

    /// How much of a request's body is collected.
    public enum RequestBodySize: Hashable, Sendable {
        /// Nothing.
        case none
        /// Bodies of up to 1000 bytes.
        case small
        /// Bodies of up to 10,000 bytes.
        case medium
        /// All bodies; what does not fit into an event is cut.
        case always

        var byteLimit: Int {
            switch self {
            case .none: 0
            case .small: 1000
            case .medium: 10_000
            case .always: .max
            }
        }
    }
}
