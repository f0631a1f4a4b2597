// A request's body: a header and the items it carries.

/// What a client sends in one request (protocol section 6).
public struct Envelope: Hashable, Sendable {
    /// What holds for all items.
    public var header: EnvelopeHeader
    /// The items in the order in which they travel.
    public var items: [EnvelopeItem]

    /// Puts a header and items together.
    public init(header: EnvelopeHeader = EnvelopeHeader(), items: [EnvelopeItem] = []) {
        self.header = header
        self.items = items
    }
}

/// One thing in an envelope: an event, an attachment, a client report.
public struct EnvelopeItem: Hashable, Sendable {
    /// What the item says about itself.
    public var header: EnvelopeItemHeader
    /// The item's content.
    public var payload: Payload

    /// An item's content, or how much of it was passed over.
    public enum Payload: Hashable, Sendable {
        /// The bytes themselves.
        case kept([UInt8])
        /// The bytes were handed on, or nobody wanted them; this many there were.
        case skipped(byteCount: Int)
    }

    /// Puts a header and a payload together.
    public init(header: EnvelopeItemHeader, payload: Payload) {
        self.header = header
        self.payload = payload
    }

    /// How many bytes the payload has or had.
    public var byteCount: Int {
        switch payload {
        case .kept(let bytes): bytes.count
        case .skipped(let byteCount): byteCount
        }
    }

    /// Hands the payload's bytes over, so that their new owner can change them without a copy, and leaves none.
    ///
    /// - Returns: nil when the payload was skipped.
    public mutating func take() -> [UInt8]? {
        guard case .kept(let bytes) = payload else { return nil }
        payload = .kept([])
        return bytes
    }
}
