// Where something happened.

extension Flycatcher {
    /// The calls that led to a place, the oldest first.
    public struct StackTrace: Hashable, Sendable {
        /// The calls, the place itself last.
        public var frames: [Frame]
        /// Whether it shows where an error was captured instead of where it was thrown.
        public var isSnapshot: Bool
        /// What the registers of the processor held, by their names.
        public var registers: [String: UInt64] = [:]

        /// Makes a stack trace.
        public init(frames: [Frame], isSnapshot: Bool = false) {
            self.frames = frames
            self.isSnapshot = isSnapshot
        }
    }
}
