// A place in a document, and what the tape keeps about it.

/// A value's place in a ``JSONDocument``; it means something only together with that document.
public struct JSONNode: Hashable, Sendable {
    @usableFromInline let index: UInt32

    init(_ index: Int) {
        self.index = UInt32(truncatingIfNeeded: index)
    }

    @inlinable
    init(_ index: UInt32) {
        self.index = index
    }
}

/// One entry of the tape: 32 bytes, a value together with its key.
///
/// Strings and numbers are slices of the document's bytes in their raw JSON form, so that what is not edited is
/// written out again by copying. Containers hold their first child; children are linked both ways, so that a member
/// can be taken out, replaced or added at once, wherever it stands and however many there are.
@usableFromInline
struct Slot: Sendable {
    /// First byte of a string or number; index of the first child of a container, 0 when empty; 1 for `true`.
    @usableFromInline var start: UInt32 = 0
    /// Bytes of a string or number; number of children of a container.
    @usableFromInline var length: UInt32 = 0
    var keyStart: UInt32 = 0
    @usableFromInline var keyLength: UInt32 = 0
    /// The ``JSONKey/mark`` of the key.
    @usableFromInline var keyMark: UInt32 = 0
    /// Index of the next sibling; 0 for the last one, since the root is nobody's sibling.
    @usableFromInline var next: UInt32 = 0
    /// Index of the sibling before; for the first one, of the last.
    var previous: UInt32 = 0
    @usableFromInline var kind: JSONKind
    @usableFromInline var isEscaped = false
    var isKeyEscaped = false

    init(kind: JSONKind) {
        self.kind = kind
    }
}
