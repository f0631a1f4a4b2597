// What is told about an entry, and the forms in which it may be written.

/// A value as it stands in the file; texts and addresses are looked up only when they are asked for.
enum AttributeValue {
    case absent
    case address(UInt64)
    case addressIndex(UInt64)
    case number(UInt64)
    /// Where a text is: among the entries, the texts or the names of files, or the index of its offset.
    case inlineText(Int)
    case text(UInt64)
    case lineText(UInt64)
    case textIndex(UInt64)
    /// An entry, by its offset among all.
    case reference(Int)
    case listIndex(UInt64)
    case other

    var number: Int {
        guard case .number(let value) = self, value <= UInt64(Int32.max) else { return 0 }
        return Int(truncatingIfNeeded: value)
    }
}

/// How the values of a unit are written.
struct Encoding: Hashable {
    var version: UInt16
    /// Four bytes, or eight where the unit is larger than that.
    var offsetSize: Int

    static let addressSize = 8
}

/// The forms of values.
enum Form {
    /// The size of a value in a form; nil where it varies.
    static func size(_ form: UInt16, _ encoding: Encoding) -> Int? {
        switch form {
        case 0x19, 0x21: 0
        case 0x0B, 0x0C, 0x11, 0x25, 0x29: 1
        case 0x05, 0x12, 0x26, 0x2A: 2
        case 0x27, 0x2B: 3
        case 0x06, 0x13, 0x1C, 0x28, 0x2C: 4
        case 0x07, 0x14, 0x20, 0x24: 8
        case 0x01: Encoding.addressSize
        case 0x1E: 16
        case 0x0E, 0x17, 0x1D, 0x1F, 0x1F20, 0x1F21: encoding.offsetSize
        case 0x10: encoding.version <= 2 ? Encoding.addressSize : encoding.offsetSize
        default: nil
        }
    }

    /// Moves behind a value of varying size.
    static func skip(_ form: UInt16, _ encoding: Encoding, _ reader: inout ByteReader) {
        if let size = size(form, encoding) { return reader.skip(size) }
        switch form {
        case 0x0D, 0x0F, 0x15, 0x1A, 0x1B, 0x22, 0x23, 0x1F01, 0x1F02: reader.skipVariableNumber()
        case 0x08: reader.skipText()
        case 0x03: reader.skip(reader.number(bytes: 2))
        case 0x04: reader.skip(reader.number(bytes: 4))
        case 0x0A: reader.skip(reader.number(bytes: 1))
        case 0x09, 0x18: reader.skip(reader.variableNumber())
        // The form stands before the value; one that says so again would go on for ever.
        case 0x16:
            let inner = UInt16(truncatingIfNeeded: reader.variableNumber())
            if inner == 0x16 { reader.move(to: -1) } else { skip(inner, encoding, &reader) }
        default: reader.move(to: -1)
        }
    }

    /// Reads a value; `unit` is where references count from, `constant` what the abbreviation holds.
    static func read(
        _ form: UInt16, _ encoding: Encoding, unit: Int, constant: Int64, _ reader: inout ByteReader
    ) -> AttributeValue {
        let start = reader.position
        switch form {
        case 0x01: return .address(reader.number(bytes: Encoding.addressSize))
        case 0x05: return .number(reader.number(bytes: 2))
        case 0x06: return .number(reader.number(bytes: 4))
        case 0x07: return .number(reader.number(bytes: 8))
        case 0x0B, 0x0C: return .number(reader.number(bytes: 1))
        case 0x0D: return .number(UInt64(bitPattern: reader.signedVariableNumber()))
        case 0x0F: return .number(reader.variableNumber())
        case 0x17: return .number(reader.number(bytes: encoding.offsetSize))
        case 0x19: return .number(1)
        case 0x21: return .number(UInt64(bitPattern: constant))
        case 0x08:
            reader.skipText()
            return .inlineText(start)
        case 0x0E: return .text(reader.number(bytes: encoding.offsetSize))
        case 0x1F: return .lineText(reader.number(bytes: encoding.offsetSize))
        case 0x1A, 0x1F02: return .textIndex(reader.variableNumber())
        case 0x25...0x28: return .textIndex(reader.number(bytes: Int(form) - 0x24))
        case 0x1B, 0x1F01: return .addressIndex(reader.variableNumber())
        case 0x29...0x2C: return .addressIndex(reader.number(bytes: Int(form) - 0x28))
        case 0x23: return .listIndex(reader.variableNumber())
        case 0x10: return reference(reader.number(bytes: size(form, encoding) ?? 0), from: 0)
        case 0x11: return reference(reader.number(bytes: 1), from: unit)
        case 0x12: return reference(reader.number(bytes: 2), from: unit)
        case 0x13: return reference(reader.number(bytes: 4), from: unit)
        case 0x14: return reference(reader.number(bytes: 8), from: unit)
        case 0x15: return reference(reader.variableNumber(), from: unit)
        default:
            skip(form, encoding, &reader)
            return .other
        }
    }

    private static func reference(_ offset: UInt64, from unit: Int) -> AttributeValue {
        offset < UInt64(Int32.max) ? .reference(unit &+ Int(truncatingIfNeeded: offset)) : .other
    }
}
