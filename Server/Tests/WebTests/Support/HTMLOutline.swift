// Reads HTML as strictly as our pages are written, so that a tag or attribute that data smuggled in is found.

/// The elements of a document in order.
struct HTMLOutline {
    struct Element {
        let name: String
        let attributes: [(name: String, value: String)]
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var elements: [Element] = []

    private static let void: Set<String> = ["meta", "link", "input", "!doctype", "path", "rect", "br"]

    /// Reads a document; throws when tags do not balance or an attribute is not quoted.
    init(_ html: String) throws {
        var open: [String] = []
        var rest = html.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[rest.index(after: start)...]
            if rest.first == UInt8(ascii: "/") {
                let name = Self.word(&rest, from: 1)
                guard open.popLast() == name else {
                    throw Malformed(description: "</\(name)> closes nothing")
                }
            } else {
                let name = Self.word(&rest, from: 0)
                guard !name.isEmpty else { throw Malformed(description: "a bare < in the text") }
                elements.append(Element(name: name, attributes: try Self.attributes(&rest, of: name)))
                if !Self.void.contains(name) { open.append(name) }
            }
        }
        guard open.isEmpty else { throw Malformed(description: "never closed: \(open)") }
    }

    /// Everything that would run, or load, something of somebody else's.
    var dangers: [String] {
        elements.flatMap { element in
            element.attributes.compactMap { attribute in
                let isHandler = attribute.name.hasPrefix("on") || attribute.name == "style"
                let isLink = ["href", "src", "action"].contains(attribute.name)
                let isLocal = attribute.value.hasPrefix("/") || attribute.value.hasPrefix("#")
                return isHandler || (isLink && !isLocal)
                    ? "<\(element.name) \(attribute.name)=\(attribute.value)>" : nil
            }
        }
    }

    /// The elements with their attributes' names, which data must not change.
    var shape: Set<String> {
        Set(elements.map { "\($0.name) \($0.attributes.map(\.name).sorted().joined(separator: " "))" })
    }

    private static func word(_ rest: inout Substring.UTF8View, from offset: Int) -> String {
        rest = rest.dropFirst(offset)
        let word = rest.prefix { isNameByte($0) }
        rest = rest[word.endIndex...]
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "!")
    }

    private static func attributes(
        _ rest: inout Substring.UTF8View, of element: String
    ) throws -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "/") }
            if rest.first == UInt8(ascii: ">") {
                rest = rest.dropFirst()
                return found
            }
            let name = word(&rest, from: 0)
            guard !name.isEmpty else { throw Malformed(description: "<\(element)> has a torn attribute") }
            guard rest.first == UInt8(ascii: "=") else {
                found.append((name, ""))
                continue
            }
            guard rest.dropFirst().first == UInt8(ascii: "\"") else {
                throw Malformed(description: "<\(element)> has \(name) without quotes")
            }
            let value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }
            rest = rest[value.endIndex...].dropFirst()
            found.append((name, String(decoding: value, as: UTF8.self)))
        }
    }
}
