// Why packed bytes could not be unpacked.

/// What is wrong with a packed body.
public enum DecompressionError: Error, Hashable, Sendable {
    /// The bytes are not what the encoding says.
    case corrupt(ContentEncoding)
    /// The bytes end before the packed stream does.
    case truncated(ContentEncoding)
    /// The unpacked bytes would be more than the caller allows.
    case tooLarge(limit: Int)
    /// The library could not get the memory it needs.
    case outOfMemory
}

extension DecompressionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .corrupt(let encoding): "the body is not valid \(encoding.rawValue)"
        case .truncated(let encoding): "the \(encoding.rawValue) body ends too early"
        case .tooLarge(let limit): "the body unpacks to more than \(limit) bytes"
        case .outOfMemory: "no memory to unpack the body"
        }
    }
}
