// Why bytes are not an envelope that we take.

public import TapeJSON

/// What is wrong with an envelope, told to the one who made it.
public enum EnvelopeError: Error, Hashable, Sendable {
    /// A line of an envelope that must be a JSON object.
    public enum Line: Hashable, Sendable {
        /// The first line.
        case envelopeHeader
        /// The line before the payload of the item with this number, counted from 1.
        case itemHeader(Int)
    }

    /// There is not a single byte.
    case empty
    /// A header line is not JSON.
    case headerNotJSON(Line, JSONError)
    /// A header line is JSON, but not an object.
    case headerNotObject(Line)
    /// A header line has a key twice.
    case duplicateKey(Line, key: String)
    /// A header line is longer than it may be.
    case headerTooLong(Line, limit: Int)
    /// An item's header has no string under `type`.
    case missingType(item: Int)
    /// An item's `length` is not a whole number from 0 on.
    case invalidLength(item: Int)
    /// The payload goes on behind its `length`.
    case payloadTooLong(item: Int, length: Int)
    /// The envelope ends before the payload does.
    case payloadTooShort(item: Int, missing: Int)
    /// There are more items than may be.
    case tooManyItems(limit: Int)
    /// An item's payload is larger than its type allows.
    case itemTooLarge(type: String, limit: Int)
    /// All payloads together are larger than an envelope may be.
    case envelopeTooLarge(limit: Int)

    /// Whether size is what is wrong, so that the answer is 413 and not 400.
    public var isTooLarge: Bool {
        switch self {
        case .headerTooLong, .itemTooLarge, .envelopeTooLarge: true
        default: false
        }
    }
}

extension EnvelopeError: CustomStringConvertible {
    /// What is wrong, for whoever made the envelope.
    public var description: String {
        switch self {
        case .empty: "invalid envelope: the body is empty"
        case .headerNotJSON(let line, let error): "invalid envelope: \(line): \(error)"
        case .headerNotObject(let line): "invalid envelope: \(line) is not a JSON object"
        case .duplicateKey(let line, let key): "invalid envelope: \(line) has the key \(key.quoted) twice"
        case .headerTooLong(let line, let limit): "invalid envelope: \(line) is longer than \(limit) bytes"
        case .missingType(let item):
            "invalid envelope: item \(item) has no string under \"type\" in its header"
        case .invalidLength(let item):
            "invalid envelope: the length of item \(item) is not a non-negative integer"
        case .payloadTooLong(let item, let length):
            "invalid envelope: no newline after the \(length) bytes that item \(item) announces as its length"
        case .payloadTooShort(let item, let missing):
            "invalid envelope: it ends \(missing) bytes before the length that item \(item) announces"
        case .tooManyItems(let limit): "invalid envelope: it has more than \(limit) items"
        case .itemTooLarge(let type, let limit):
            "envelope too large: the item of type \(type.quoted) exceeds \(limit) bytes"
        case .envelopeTooLarge(let limit): "envelope too large: its items exceed \(limit) bytes"
        }
    }
}

extension EnvelopeError.Line: CustomStringConvertible {
    /// Names the line.
    public var description: String {
        switch self {
        case .envelopeHeader: "the envelope header"
        case .itemHeader(let number): "the header of item \(number)"
        }
    }
}

extension String {
    /// The beginning of a text that a stranger wrote, in one line of printable ASCII.
    fileprivate var quoted: String {
        let shown = unicodeScalars.prefix(40).map {
            (" "..."~").contains($0) && $0 != "\"" ? Character($0) : "?"
        }
        return "\"\(String(shown))\""
    }
}
