// A part of a payload that is handed on while an envelope is read.

/// Payload bytes of an item whose policy is ``EnvelopeItemPolicy/pass(limit:)``.
public struct EnvelopePiece: Hashable, Sendable {
    /// The item's place among the items of the envelope, from 0 on.
    public let item: Int
    /// What the item says about itself.
    public let header: EnvelopeItemHeader
    /// The bytes; never empty.
    public let bytes: [UInt8]
}
