// How much of a file is believed at most.

/// Bounds of what is read: a file may be corrupt, or made to be read for ever.
enum Limits {
    static let fileSize = 1 << 35
    static let textLength = 1 << 15
    /// Numbers may be padded, but not without end.
    static let variableNumberBits: UInt64 = 16 * 7
    static let units = 1 << 18
    static let abbreviations = 1 << 16
    static let abbreviatedAttributes = 1 << 18
    /// Of abbreviations that several units share.
    static let keptAbbreviationTables = 32
    static let rangesPerQuestion = 1 << 24
    /// Of functions, whose places are kept for the next question.
    static let keptFunctions = 100_000
    static let functionsPerUnit = 1 << 20
    /// Of calls that were inlined into each other.
    static let inlinedCalls = 200
    /// Of entries that refer to another for their name.
    static let originHops = 8
    static let files = 1 << 16
    static let fileFields = 32
    static let noteBytes = 1 << 16
}
