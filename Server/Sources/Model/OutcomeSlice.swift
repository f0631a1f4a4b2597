// What became of what was sent, over time.

/// An outcome's sum over one span of several.
public struct OutcomeSlice: Hashable, Sendable {
    /// Which span, counted from 0 on.
    public let index: Int
    public let total: OutcomeTotal

    /// Takes a sum.
    public init(index: Int, total: OutcomeTotal) {
        self.index = index
        self.total = total
    }
}

/// Hours in spans of equal length, the last of which may reach into the future.
public struct HourSpans: Hashable, Sendable {
    /// Hours since 1970 at which the first span begins.
    public let start: Int64
    public let count: Int
    /// How long each is, in hours.
    public let length: Int64

    /// The spans that end with the one of a moment; spans of whole days begin with days, in UTC.
    public init(endingAt hour: Int64, count: Int, length: Int64) {
        let last = hour - (hour % length + length) % length
        self.init(start: last - Int64(count - 1) * length, count: count, length: length)
    }

    /// Spans from an hour on.
    public init(start: Int64, count: Int, length: Int64) {
        self.start = start
        self.count = count
        self.length = length
    }

    /// The first hour behind the last span.
    public var end: Int64 { start + Int64(count) * length }

    /// How many spans there may be.
    public static let maximumCount = 2_000
}
