// How an error came to be reported.

extension Flycatcher {
    /// Who noticed an error, whether the app dealt with it, and which error it caused.
    public struct Mechanism: Hashable, Sendable {
        /// Who noticed it; `generic` when the app reported it itself.
        public var type: String
        /// Whether the app caught it.
        public var isHandled: Bool?
        /// The error's number in the chain; the outermost is 0.
        public var exceptionID: Int?
        /// The number of the error that this one caused.
        public var parentID: Int?
        /// The property of that error in which this one was found.
        public var source: String?
        /// Whether the error stands for several.
        public var isExceptionGroup = false
        /// Whether type and value say nothing, as with a stack that is attached to a message.
        public var isSynthetic = false
        /// Numbers and names that the platform gives the error, such as `ns_error` or `errno`.
        public var meta: [String: JSONValue]
        /// What else is known about it.
        public var data: [String: JSONValue]

        /// Makes a mechanism.
        public init(
            type: String = "generic", isHandled: Bool? = nil, meta: [String: JSONValue] = [:],
            data: [String: JSONValue] = [:]
        ) {
            self.type = type
            self.isHandled = isHandled
            self.meta = meta
            self.data = data
        }
    }
}

extension Flycatcher.Mechanism {
    /// Takes over who noticed the error and what is known about that; what the error itself tells stays.
    mutating func adopt(_ other: Self?) {
        guard let other else { return }
        type = other.type
        isHandled = other.isHandled ?? isHandled
        meta.merge(other.meta) { own, _ in own }
        data.merge(other.data) { own, _ in own }
    }
}
