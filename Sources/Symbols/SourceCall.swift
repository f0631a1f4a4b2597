// What is known about a call.

/// A function and the line in it.
package struct SourceCall: Hashable, Sendable {
    /// The function as the linker knows it, or as a compiler calls what has no symbol; nil when nobody said.
    package var function: String?
    /// The file's whole path.
    package var path: String?
    /// From 1; nil where the compiler made the code up, and none of that file is before it.
    package var line: Int?
    /// From 1.
    package var column: Int?
    /// Whether its code stands in that of the call that follows.
    package var isInlined = false
    /// Where the function begins, as the file was linked.
    package var functionStart: UInt64?

    private static let failurePrefix = "Swift runtime failure: "

    /// Why the code gives up here, such as "Index out of range"; nil for ordinary calls.
    ///
    /// An optimised program prints no reason, but the compiler notes it as the name of a function that it pretends to
    /// have inlined around the instruction that ends the process.
    package var failure: String? {
        guard let function, function.hasPrefix(Self.failurePrefix) else { return nil }
        return String(function.dropFirst(Self.failurePrefix.count))
    }

    init(function: String? = nil, isInlined: Bool = false, functionStart: UInt64? = nil) {
        self.function = function
        self.isInlined = isInlined
        self.functionStart = functionStart
    }

    mutating func take(_ source: SourceLine?, _ files: FileTable?, _ unit: Unit) {
        guard let source, source.line > 0, source.line <= Int32.max else { return }
        line = source.line
        column = source.column > 0 && source.column <= Int32.max ? source.column : nil
        path = files?.path(source.file, unit)
    }
}
