// What a thread was doing.

extension Flycatcher {
    /// A thread of the process at the moment of an event.
    public struct ThreadState: Hashable, Sendable {
        /// The thread's number.
        public var id: Int
        /// The thread's name.
        public var name: String?
        /// Whether the event was captured on it.
        public var isCurrent: Bool
        /// Whether it ended the process.
        public var isCrashed: Bool
        /// Whether it is the one that the process began with.
        public var isMain: Bool
        /// What it was doing.
        public var stackTrace: StackTrace?

        /// Makes a thread.
        public init(
            id: Int, name: String? = nil, isCurrent: Bool = false, isCrashed: Bool = false,
            isMain: Bool = false, stackTrace: StackTrace? = nil
        ) {
            self.id = id
            self.name = name
            self.isCurrent = isCurrent
            self.isCrashed = isCrashed
            self.isMain = isMain
            self.stackTrace = stackTrace
        }
    }
}
