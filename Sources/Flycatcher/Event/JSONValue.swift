// A value of any shape that an app attaches to an event.

extension Flycatcher {
    /// A JSON value; write it as a literal.
    ///
    /// ```swift
    /// Flycatcher.setExtra("cart", to: ["items": 3, "total": 12.5, "codes": ["A1", "B2"]])
    /// ```
    ///
    /// Strings are cut after 8192 bytes unless the options say otherwise, lists and objects after a hundred entries, and what lies deeper than seven
    /// levels is left out. Numbers that JSON does not know (`nan`, `inf`) are sent as texts.
    public enum JSONValue: Hashable, Sendable {
        /// Nothing.
        case null
        /// A truth value.
        case bool(Bool)
        /// A whole number.
        case integer(Int)
        /// A number with a fraction.
        case double(Double)
        /// A text.
        case string(String)
        /// A list.
        case array([JSONValue])
        /// Named values.
        case object([String: JSONValue])
    }
}

extension Flycatcher.JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation
{
    /// Makes `null`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// Takes a truth value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// Takes a whole number.
    public init(integerLiteral value: Int) {
        self = .integer(value)
    }

    /// Takes a number with a fraction.
    public init(floatLiteral value: Double) {
        self = .double(value)
    }

    /// Takes a text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension Flycatcher.JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// Takes a list.
    public init(arrayLiteral elements: Self...) {
        self = .array(elements)
    }

    /// Takes named values; of equal names the last wins.
    public init(dictionaryLiteral elements: (String, Self)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
