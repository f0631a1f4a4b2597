// For whom the app was at work.

extension Flycatcher {
    /// The person, account or device that an event concerns; all fields are optional.
    public struct User: Hashable, Sendable {
        /// What identifies the user for good.
        public var id: String?
        /// The name under which the user signs in.
        public var username: String?
        /// The mail address.
        public var email: String?
        /// The name to be shown.
        public var name: String?
        /// The address from which the user comes, IPv4 or IPv6.
        public var ipAddress: String?
        /// Anything else.
        public var data: [String: JSONValue]

        /// Makes a user of what is known.
        public init(
            id: String? = nil, username: String? = nil, email: String? = nil, name: String? = nil,
            ipAddress: String? = nil, data: [String: JSONValue] = [:]
        ) {
            self.id = id
            self.username = username
            self.email = email
            self.name = name
            self.ipAddress = ipAddress
            self.data = data
        }
    }
}
