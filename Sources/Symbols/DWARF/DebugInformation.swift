// Names instructions by what the compiler wrote down about them.

/// The debug information of a file.
final class DebugInformation {
    private let sections: DebugSections
    private let tables = AbbreviationTables()
    private let units: UnitList
    private var functions: [Int: FunctionList] = [:]
    private var functionCount = 0

    init(_ sections: DebugSections) {
        self.sections = sections
        units = UnitList(sections, tables)
        tables.forget()
    }

    /// The calls at each address, the innermost first, none where there is no code; the addresses must be sorted.
    func calls(at addresses: [UInt64]) -> [[SourceCall]] {
        sections.effort.renew()
        var calls = [[SourceCall]](repeating: [], count: addresses.count)
        let indices = addresses.map(units.index)
        let byUnit = Dictionary(grouping: addresses.indices.filter { indices[$0] != nil }) { indices[$0] }
        for (index, places) in byUnit {
            guard let index else { continue }
            let unit = units.unit(index)
            let program = unit.lines.flatMap { LineProgram(sections, at: $0) }
            let lines = program?.lines(at: places.map { addresses[$0] })
            for (order, place) in places.enumerated() {
                let chain = chain(at: addresses[place], unit, index)
                calls[place] = self.calls(chain, lines?[order], program?.files, unit)
            }
        }
        tables.forget()
        return calls
    }

    private func chain(at address: UInt64, _ unit: Unit, _ index: Int) -> [Entry] {
        guard let function = functions(of: unit, index).entry(at: address) else { return [] }
        return InlineChain(sections, unit, function: function, at: address)?.entries ?? []
    }

    private func functions(of unit: Unit, _ index: Int) -> FunctionList {
        if let list = functions[index] { return list }
        let list = FunctionList(sections, unit)
        if functionCount + list.count > Limits.keptFunctions {
            functions = [:]
            functionCount = 0
        }
        functions[index] = list
        functionCount += list.count
        return list
    }

    /// From the inside out: the line is that of the innermost call, and each inlined one says where it was called.
    private func calls(
        _ chain: [Entry], _ line: SourceLine?, _ files: FileTable?, _ unit: Unit
    ) -> [SourceCall] {
        var source = line
        guard !chain.isEmpty else {
            var call = SourceCall()
            call.take(source, files, unit)
            return call.line == nil ? [] : [call]
        }
        return chain.indices.reversed().map { index in
            let entry = chain[index]
            let start = index == 0 ? start(of: entry, unit) : nil
            var call = SourceCall(
                function: name(of: entry, unit), isInlined: index > 0, functionStart: start)
            call.take(source, files, unit)
            source = SourceLine(file: entry.callFile, line: entry.callLine, column: entry.callColumn)
            return call
        }
    }

    private func start(of function: Entry, _ unit: Unit) -> UInt64? {
        var start = sections.address(function.lowAddress, unit)
        if case .absent = function.ranges { return start }
        sections.forEachRange(of: function, unit) { range in
            start = range.lowerBound
            return false
        }
        return start
    }

    /// The name of an entry, or of the one that it refers to.
    private func name(of entry: Entry, _ unit: Unit) -> String? {
        var (entry, unit) = (entry, unit)
        for _ in 0..<Limits.originHops {
            if let name = sections.text(entry.linkageName, unit) { return name }
            guard case .reference(let offset) = entry.origin else { break }
            if !(unit.head.firstEntry..<unit.head.end).contains(offset) {
                guard let other = units.unit(holding: offset) else { break }
                unit = other
            }
            var reader = EntryReader(sections.entries, unit.head, unit.table, at: offset)
            guard let origin = reader.readNext() else { break }
            if case .absent = origin.name, case .absent = origin.linkageName {
            } else {
                entry.name = origin.name
            }
            entry.linkageName = origin.linkageName
            entry.origin = origin.origin
        }
        return sections.text(entry.name, unit)
    }
}
