// The language in which the fields of an event are described.

import TapeJSON

/// What a field should look like, and what is done to make it so.
enum Shape: Sendable {
    /// A text of at most so many characters. Numbers and booleans become text.
    case text(Int)
    /// Like `text`; any other JSON becomes its own text.
    case encodedText(Int)
    /// A whole number, also as digits in a string; 0 and less are dropped.
    case position
    /// A whole number, also as digits in a string.
    case integer
    /// An address or the like: a text, or a number, which is written in hex.
    case address
    case flag
    /// A level by any of its names (protocol 9.4).
    case level
    /// A moment, as a number of seconds or RFC 3339.
    case moment
    /// Lines of source, each in its place: one that is no text is an empty one.
    case lines(kept: ListEnd)
    /// An object with the given fields; others are kept as they are.
    case object(ObjectShape)
    /// A list of the given shape, at most so many of its last elements.
    indirect case list(Shape, Int)
    /// A *values list* (protocol section 8) of objects: becomes `{"values": […]}`, at most so many of the last ones.
    case values(ObjectShape, Int)
    /// An object of anything; a list becomes one by the numbers of its elements.
    case map
    /// An object whose members all have the given shape; a list of pairs becomes one.
    indirect case table(Shape)
    /// Anything at all: the field's own step looks at it.
    case any
}

/// The end of a list that matters more.
enum ListEnd: Sendable {
    case first
    case last
}

/// What a value is like that already has its shape.
struct Fit: Sendable {
    let kind: JSONKind
    /// Bytes that a text may have.
    var length = Int.max
    /// Whether an empty container is none.
    var isFilled = false

    /// No value is like this one.
    static let never = Fit(kind: .null, length: -1)

    /// Whether nothing needs to be done; false says that one has to look closer.
    func holds(for node: JSONNode, in document: borrowing JSONDocument) -> Bool {
        document.kind(node) == kind && document.rawLength(node) <= length
            && (!isFilled || document.count(node) > 0)
    }
}

extension Shape {
    /// What values are like that can stay as they are without a closer look.
    var fit: Fit {
        switch self {
        case .text(let limit), .encodedText(let limit): Fit(kind: .string, length: limit)
        case .address: Fit(kind: .string, length: Limit.name)
        case .flag: Fit(kind: .bool)
        case .map: Fit(kind: .object, isFilled: true)
        case .position, .integer, .level, .moment, .lines, .object, .list, .values, .table, .any: .never
        }
    }
}

/// The fields of an object.
final class ObjectShape: Sendable {
    struct Field: Sendable {
        let key: JSONKey
        let shape: Shape
        let fit: Fit

        init(_ key: JSONKey, _ shape: Shape) {
            self.key = key
            self.shape = shape
            fit = shape.fit
        }
    }

    let fields: [Field]
    /// The keys of ``fields``, in their order.
    let keys: JSONKeyTable
    /// The field that a bare string stands for; nil when a string is an error.
    let textField: JSONKey?

    init(textField: JSONKey? = nil, _ fields: [Field]) {
        self.fields = fields
        self.textField = textField
        keys = JSONKeyTable(fields.map(\.key))
    }
}
