// Looks up what the attributes of entries only point to.

extension DebugSections {
    /// A text, wherever it is kept.
    func text(_ value: AttributeValue, _ unit: Unit) -> String? {
        switch value {
        case .inlineText(let offset): entries.text(at: offset)
        case .text(let offset): texts.text(at: Int(truncatingIfNeeded: offset))
        case .lineText(let offset): lineTexts.text(at: Int(truncatingIfNeeded: offset))
        case .textIndex(let index):
            number(index, from: unit.textOffsetsBase, size: unit.head.encoding.offsetSize, in: textOffsets)
                .flatMap { texts.text(at: Int(truncatingIfNeeded: $0)) }
        default: nil
        }
    }

    /// An address, wherever it is kept.
    func address(_ value: AttributeValue, _ unit: Unit) -> UInt64? {
        switch value {
        case .address(let address): address
        case .addressIndex(let index): address(at: index, unit)
        default: nil
        }
    }

    func address(at index: UInt64, _ unit: Unit) -> UInt64? {
        number(index, from: unit.addressesBase, size: Encoding.addressSize, in: addresses)
    }

    /// A number of a table in a section.
    func number(_ index: UInt64, from base: UInt64, size: Int, in section: Bytes) -> UInt64? {
        guard index < UInt64(Int32.max), base < UInt64(Int64.max / 2) else { return nil }
        let offset = Int(truncatingIfNeeded: base) + Int(truncatingIfNeeded: index) * size
        var reader = ByteReader(section, at: offset)
        let value = reader.number(bytes: size)
        return reader.isBroken ? nil : value
    }

    /// Calls `body` with each range of an entry's code until it says that it has seen enough.
    ///
    /// Code that the linker dropped stays described, at the address zero or one.
    func forEachRange(of entry: Entry, _ unit: Unit, _ body: (Range<UInt64>) -> Bool) {
        let list = RangeList(self, unit)
        switch entry.ranges {
        case .number(let offset): list.forEach(at: offset, body)
        case .listIndex(let index): list.forEach(index: index, body)
        default:
            guard let low = address(entry.lowAddress, unit), low > 1 else { return }
            let high =
                if case .number(let length) = entry.highAddress { low.addingReportingOverflow(length) } else {
                    (partialValue: address(entry.highAddress, unit) ?? low, overflow: false)
                }
            if !high.overflow, high.partialValue > low { _ = body(low..<high.partialValue) }
        }
    }

    func contains(_ address: UInt64, _ entry: Entry, _ unit: Unit) -> Bool {
        var isFound = false
        forEachRange(of: entry, unit) { range in
            isFound = range.contains(address)
            return !isFound
        }
        return isFound
    }
}
