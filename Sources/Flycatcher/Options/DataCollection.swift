// What the SDK may collect without being told each value.

extension Flycatcher {
    /// What is collected by itself from requests and the like; what an app sets on a scope or an event is always sent.
    ///
    /// Names (of headers, cookies, query parameters) are kept in any case; it is their values that are withheld. Those
    /// whose names sound like secrets are `[Filtered]` always.
    public struct DataCollection: Hashable, Sendable {
        /// Whose values are collected.
        public enum Values: Hashable, Sendable {
            /// Neither names nor values.
            case off
            /// All values but those whose names contain one of these terms, or one of the built-in ones.
            case except([String])
            /// Only values whose names contain one of these terms.
            case only([String])
        }

        /// The bodies that there are.
        public enum HTTPBody: Hashable, Sendable, CaseIterable {
            /// What clients send to the app.
            case incomingRequest
            /// What the app answers.
            case outgoingResponse
            /// What the app sends to other services.
            case outgoingRequest
            /// What those answer.
            case incomingResponse
        }

        /// Who is signed in, and the address that requests come from.
        public var userInfo = false
        /// The cookies of requests.
        public var cookies = Values.only([])
        /// The headers of requests and answers.
        public var httpHeaders = Values.except([])
        /// The parameters in URLs.
        public var queryParams = Values.except([])
        /// The bodies that are collected, when they are JSON or forms.
        public var httpBodies: Set<HTTPBody> = []

        /// Begins with what identifies nobody.
        public init() {}

        /// What ``Options/sendDefaultPii`` stands for.
        static let permissive: DataCollection = {
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
        /// All bodies.
        case always
    }
}
