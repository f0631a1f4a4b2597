// Entries of the same shape share the description of that shape.

/// The shapes of the entries of a unit.
final class AbbreviationTable {
    struct Attribute {
        let name: UInt16
        let form: UInt16
        let constant: Int64
    }

    struct Abbreviation {
        let tag: UInt16
        let hasChildren: Bool
        let attributes: Range<Int>
        /// How long the attributes of such an entry are; nil where that varies.
        let size: Int?
    }

    private static let constantForm: UInt16 = 0x21

    private var abbreviations: [Abbreviation] = []
    /// Those whose numbers do not simply count up.
    private var others: [UInt64: Int] = [:]
    private(set) var attributes: [Attribute] = []
    private let encoding: Encoding

    /// Reads the table at an offset, as far as it is readable.
    init(_ section: Bytes, at offset: Int, _ encoding: Encoding) {
        self.encoding = encoding
        var reader = ByteReader(section, at: offset)
        while abbreviations.count < Limits.abbreviations, attributes.count < Limits.abbreviatedAttributes {
            let code = reader.variableNumber()
            if code == 0 || reader.isBroken { return }
            readAbbreviation(&reader)
            let index = abbreviations.count - 1
            if code != UInt64(index + 1) { others[code] = index }
        }
    }

    private func readAbbreviation(_ reader: inout ByteReader) {
        let tag = UInt16(truncatingIfNeeded: reader.variableNumber())
        let hasChildren = reader.byte() != 0
        let first = attributes.count
        var size: Int? = 0
        while !reader.isBroken {
            let name = UInt16(truncatingIfNeeded: reader.variableNumber())
            let form = UInt16(truncatingIfNeeded: reader.variableNumber())
            let constant = form == Self.constantForm ? reader.signedVariableNumber() : 0
            if name == 0, form == 0 { break }
            attributes.append(Attribute(name: name, form: form, constant: constant))
            size = size.flatMap { sum in Form.size(form, encoding).map { sum + $0 } }
        }
        abbreviations.append(
            Abbreviation(
                tag: tag, hasChildren: hasChildren, attributes: first..<attributes.count, size: size))
    }

    /// The shape that an entry names by its first number.
    func abbreviation(_ code: UInt64) -> Abbreviation? {
        if !others.isEmpty, let index = others[code] { return abbreviations[index] }
        guard code > 0, code <= UInt64(UInt(bitPattern: abbreviations.count)) else { return nil }
        return abbreviations[Int(truncatingIfNeeded: code) - 1]
    }
}
