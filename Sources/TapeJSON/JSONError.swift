// Why bytes are not a JSON document.

/// What is wrong with a JSON text, and at which byte.
public enum JSONError: Error, Hashable, Sendable {
    /// The byte at this offset cannot stand there.
    case unexpectedByte(offset: Int)
    /// The text ends inside a value.
    case unexpectedEnd
    /// A string holds a control character or an unknown escape at this offset.
    case invalidString(offset: Int)
    /// A number breaks the grammar of RFC 8259 at this offset.
    case invalidNumber(offset: Int)
    /// Containers are nested deeper than the reader allows.
    case tooDeep(offset: Int)
    /// The text is longer than ``JSONDocument/maximumByteCount``.
    case tooLarge
}

extension JSONError: CustomStringConvertible {
    /// What is wrong, and at which byte.
    public var description: String {
        switch self {
        case .unexpectedByte(let offset): "invalid JSON: unexpected byte at offset \(offset)"
        case .unexpectedEnd: "invalid JSON: unexpected end of input"
        case .invalidString(let offset): "invalid JSON: malformed string at offset \(offset)"
        case .invalidNumber(let offset): "invalid JSON: malformed number at offset \(offset)"
        case .tooDeep(let offset): "invalid JSON: nested too deeply at offset \(offset)"
        case .tooLarge: "invalid JSON: longer than \(JSONDocument.maximumByteCount) bytes"
        }
    }
}
