// One error of a chain.

extension Flycatcher {
    /// An error as it is reported: what kind it is, what it says, where it comes from.
    public struct ExceptionValue: Hashable, Sendable {
        /// The name of the error's type, without its module.
        public var type: String?
        /// What the error says.
        public var value: String?
        /// The module that declares the type.
        public var module: String?
        /// How it came to be reported.
        public var mechanism: Mechanism?
        /// Where it happened.
        public var stackTrace: StackTrace?
        /// The thread that it happened on, by its number among ``Event/threads``.
        public var threadID: Int?

        /// Makes an exception; a server drops one without type and value.
        public init(
            type: String?, value: String?, module: String? = nil, mechanism: Mechanism? = nil,
            stackTrace: StackTrace? = nil
        ) {
            self.type = type
            self.value = value
            self.module = module
            self.mechanism = mechanism
            self.stackTrace = stackTrace
        }
    }
}
