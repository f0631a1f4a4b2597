// What is kept of an issue so that issues like it are found: a few numbers, whatever its size.

/// Min-hashes of what an issue's stack traces and messages consist of.
///
/// Two sketches agree in about as many numbers as their issues have shingles in common. A *shingle* is a frame, a word,
/// or a neighbouring pair of either.
public struct IssueSketch: Hashable, Sendable {
    /// Of frames and pairs of frames; empty for issues without any.
    public let stack: [UInt32]
    /// Of the words of type and message; empty for issues without any.
    public let message: [UInt32]

    static let stackCount = 24
    static let messageCount = 12

    /// Draws a sketch of the hashes of shingles.
    public init(stack: Set<UInt64>, message: Set<UInt64>) {
        self.stack = Self.minima(of: stack, count: Self.stackCount)
        self.message = Self.minima(of: message, count: Self.messageCount)
    }

    /// Takes numbers as they were drawn.
    package init(stack: [UInt32], message: [UInt32]) {
        self.stack = stack
        self.message = message
    }

    /// Keys of which issues that are alike have one in common, mostly; pairs of numbers.
    public var bands: [Int64] {
        Self.bands(of: stack, salt: 1) + Self.bands(of: message, salt: 2)
    }

    /// How much two issues are alike.
    public func similarity(to other: IssueSketch) -> IssueSimilarity {
        IssueSimilarity(
            stack: Self.share(stack, other.stack), message: Self.share(message, other.message),
            hasStack: !stack.isEmpty || !other.stack.isEmpty)
    }

    /// The part of two lists that agrees; nil when one is empty.
    private static func share(_ one: [UInt32], _ other: [UInt32]) -> Double? {
        guard !one.isEmpty, one.count == other.count else { return nil }
        return Double(zip(one, other).count { $0 == $1 }) / Double(one.count)
    }

    private static func minima(of shingles: Set<UInt64>, count: Int) -> [UInt32] {
        guard !shingles.isEmpty else { return [] }
        return (0..<UInt64(count)).map { index in
            let seed = mixed(index &+ 0x5851_F42D_4C95_7F2D)
            return shingles.reduce(UInt32.max) { min($0, UInt32(mixed(mixed($1) &+ seed) >> 32)) }
        }
    }

    private static func bands(of numbers: [UInt32], salt: UInt64) -> [Int64] {
        stride(from: 0, to: numbers.count - 1, by: 2).map { index in
            let pair = UInt64(numbers[index]) << 32 | UInt64(numbers[index + 1])
            return Int64(bitPattern: mixed(pair ^ mixed(UInt64(index) << 8 | salt)))
        }
    }

    /// Lets every bit move about half of the bits of the result.
    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word >> 33
    }
}

/// How much one issue is like another, each from 0 to 1.
public struct IssueSimilarity: Hashable, Sendable {
    /// Nil when one of them has no frames.
    public let stack: Double?
    /// Nil when one of them has no words.
    public let message: Double?
    /// Of both together.
    public let score: Double

    /// From this score on, issues are worth a look.
    public static let threshold = 0.25

    init(stack: Double?, message: Double?, hasStack: Bool) {
        self.stack = stack
        self.message = message
        // Where one has frames and the other has none, words alone say little.
        score = hasStack ? 0.65 * (stack ?? 0) + 0.35 * (message ?? 0) : message ?? 0
    }
}

/// An issue that is like the one that was asked about.
public struct SimilarIssue: Hashable, Sendable {
    public let issue: Issue
    public let similarity: IssueSimilarity

    public init(issue: Issue, similarity: IssueSimilarity) {
        self.issue = issue
        self.similarity = similarity
    }
}
