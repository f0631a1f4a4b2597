// A request as an integration saw it.

extension Flycatcher {
    /// A request before it is decided what of it is reported, in plain values that any HTTP library can fill.
    ///
    /// Integrations put it on the scope of the request. Only when an event is captured there, and on the SDK's own
    /// thread, it is filtered into a ``Request`` by the options ``Options/dataCollection`` and
    /// ``Options/maxRequestBodySize``:
    ///
    /// ```swift
    /// scope.observeRequest {
    ///     Flycatcher.ObservedRequest(
    ///         method: head.method.rawValue, url: head.path,
    ///         headers: head.headerFields.map { ($0.name.rawName, $0.value) })
    /// }
    /// ```
    public struct ObservedRequest: Sendable {
        /// The method, such as `GET`.
        public var method: String
        /// The address with its query; a path alone is completed by the header `Host`.
        public var url: String
        /// The headers in their order, `Cookie` among them.
        public var headers: [(name: String, value: String)]
        /// The body, if the integration has it.
        public var body: [UInt8]?
        /// The address of the client.
        public var remoteAddress: String?
        /// The identity with which the client signed in.
        public var userID: String?
        /// Who sent it to whom.
        public var direction: Direction

        /// Says who sends a request.
        public enum Direction: Hashable, Sendable {
            /// A client, to the app.
            case incoming
            /// The app, to a server.
            case outgoing
        }

        /// Notes a request.
        public init(
            method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
            remoteAddress: String? = nil, userID: String? = nil, direction: Direction = .incoming
        ) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
            self.remoteAddress = remoteAddress
            self.userID = userID
            self.direction = direction
        }

        /// The values of a header, joined as HTTP has it; the name in lower case.
        func header(_ name: String) -> String? {
            let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
            return values.isEmpty ? nil : values.joined(separator: name == "cookie" ? "; " : ", ")
        }
    }
}
