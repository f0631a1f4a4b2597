// The HTTP request that an event concerns.

extension Flycatcher {
    /// A request that the app was answering, or made itself, when something happened.
    ///
    /// What you set here is sent as it is. Integrations collect an ``ObservedRequest`` instead, which is filtered.
    public struct Request: Hashable, Sendable {
        /// The method in upper case, such as `POST`.
        public var method: String?
        /// The absolute address without query and fragment.
        public var url: String?
        /// The query without its question mark.
        public var queryString: String?
        /// The part of the address after `#`.
        public var fragment: String?
        /// The headers; repeated ones joined by a comma.
        public var headers: [String: String]
        /// The cookies by name.
        public var cookies: [String: String]
        /// The body: a text, or what was read from JSON or a form.
        public var data: JSONValue?
        /// The size of the body in bytes.
        public var bodySize: Int?
        /// What the server says about its surroundings, such as `REMOTE_ADDR`.
        public var env: [String: String]
        /// What kind of service is addressed, such as `graphql`.
        public var apiTarget: String?

        /// Begins a request.
        public init(
            method: String? = nil, url: String? = nil, queryString: String? = nil, fragment: String? = nil,
            headers: [String: String] = [:], cookies: [String: String] = [:], data: JSONValue? = nil,
            bodySize: Int? = nil, env: [String: String] = [:], apiTarget: String? = nil
        ) {
            self.method = method
            self.url = url
            self.queryString = queryString
            self.fragment = fragment
            self.headers = headers
            self.cookies = cookies
            self.data = data
            self.bodySize = bodySize
            self.env = env
            self.apiTarget = apiTarget
        }
    }
}
