// How much of an envelope is read before it is refused.

/// The bounds within which an envelope is read (protocol section 10).
public struct EnvelopeLimits: Hashable, Sendable {
    /// Bytes of one header line.
    public var headerLineBytes: Int
    /// Items of one envelope.
    public var items: Int
    /// Payload bytes of all kept items together.
    public var keptBytes: Int

    /// Sets the bounds; the defaults suit a public server.
    public init(headerLineBytes: Int = 64 << 10, items: Int = 1000, keptBytes: Int = 200 << 20) {
        self.headerLineBytes = headerLineBytes
        self.items = items
        self.keptBytes = keptBytes
    }
}

/// What becomes of an item's payload.
///
/// The limit counts payload bytes; an item beyond it refuses the whole envelope.
public enum EnvelopeItemPolicy: Hashable, Sendable {
    /// Keep the bytes in memory.
    case keep(limit: Int)
    /// Hand the bytes on as they come; ``EnvelopeParser/takePassed()`` gives them.
    case pass(limit: Int)
    /// Count the bytes and forget them.
    case skip(limit: Int)

    /// How many payload bytes the item may have.
    public var limit: Int {
        switch self {
        case .keep(let limit), .pass(let limit), .skip(let limit): limit
        }
    }
}
