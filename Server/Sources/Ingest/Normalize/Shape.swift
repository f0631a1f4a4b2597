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
    /// A moment, as a number of seconds or RFC 3339.
    case moment
    /// An object with the given fields; others are kept as they are.
    case object(ObjectShape)
    /// A list of the given shape, at most so many of its last elements.
    indirect case list(Shape, Int)
    /// A *values list* (protocol section 8) of objects: becomes `{"values": […]}`, at most so many of the last ones.
    case values(ObjectShape, Int)
    /// An object of anything.
    case map
    /// Anything at all: the field's own step looks at it.
    case any
}

/// The fields of an object.
final class ObjectShape: Sendable {
    struct Field: Sendable {
        let key: StaticString
        let shape: Shape

        init(_ key: StaticString, _ shape: Shape) {
            self.key = key
            self.shape = shape
        }
    }

    let fields: [Field]
    /// The field that a bare string stands for; nil when a string is an error.
    let textField: String?

    init(textField: String? = nil, _ fields: [Field]) {
        self.fields = fields
        self.textField = textField
    }

    /// The index of the field under whose key a member stands; nil when no field has it.
    func index(ofMember node: JSONNode, in document: borrowing JSONDocument) -> Int? {
        var index = 0
        while index < fields.count {
            if document.hasKey(node, fields[index].key) { return index }
            index += 1
        }
        return nil
    }
}
