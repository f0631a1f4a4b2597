// One call of a stack trace.

extension Flycatcher {
    /// A call: which function, in which file, and whether it is the app's own code.
    public struct Frame: Hashable, Sendable {
        /// The function's name as people read it.
        public var function: String?
        /// The function's name as the linker knows it, if it is another one.
        public var symbol: String?
        /// The function's name in full, if ``function`` was shortened or made readable.
        public var rawFunction: String?
        /// The module that the function belongs to.
        public var module: String?
        /// The file, relative to its package, so that it is the same in every build.
        public var filename: String?
        /// The file with its whole path.
        public var absolutePath: String?
        /// The line, from 1.
        public var line: Int?
        /// The column, from 1.
        public var column: Int?
        /// The line of source that makes the call.
        public var contextLine: String?
        /// The lines before it, the first of the file first.
        public var preContext: [String] = []
        /// The lines behind it.
        public var postContext: [String] = []
        /// Whether it is the app's own code.
        public var isInApp: Bool?
        /// The program or library that holds the function.
        public var package: String?
        /// An address of the call's instruction, and not of what it returns to.
        public var instructionAddress: UInt64?
        /// Where the function begins.
        public var symbolAddress: UInt64?
        /// Whether the stack goes on here with functions that await what stands above.
        public var isStackStart = false

        /// Makes a frame; a server drops one without function, file and address.
        public init(
            function: String?, module: String? = nil, filename: String? = nil, line: Int? = nil,
            isInApp: Bool? = nil
        ) {
            self.function = function
            self.module = module
            self.filename = filename
            self.line = line
            self.isInApp = isInApp
        }
    }
}
