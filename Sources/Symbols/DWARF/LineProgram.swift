// Which line of which file an instruction was made of: a small program writes the table row by row.

/// A place in the source.
struct SourceLine: Equatable {
    /// The number of the file in the unit's list.
    var file: Int
    var line: Int
    var column: Int
}

/// The program of a unit, which is run anew for each question; its answers are remembered elsewhere.
struct LineProgram {
    private enum Operation {
        static let extended: UInt8 = 0
        static let copy: UInt8 = 1
        static let advanceAddress: UInt8 = 2
        static let advanceLine: UInt8 = 3
        static let setFile: UInt8 = 4
        static let setColumn: UInt8 = 5
        static let advanceByHighest: UInt8 = 8
        static let advanceByFixed: UInt8 = 9
    }

    private enum ExtendedOperation {
        static let endOfSequence: UInt8 = 1
        static let setAddress: UInt8 = 2
    }

    private struct State {
        var address: UInt64 = 0
        var source = SourceLine(file: 1, line: 1, column: 0)
    }

    let files: FileTable
    private let program: Bytes
    private let instructionLength: UInt64
    private let lineBase: Int
    private let lineRange: UInt8
    private let firstSpecial: UInt8
    private let operandCounts: [UInt8]

    /// Reads what stands before the program at an offset; nil when it makes no sense.
    init?(_ sections: DebugSections, at offset: UInt64) {
        guard offset < UInt64(Int64.max) else { return nil }
        var reader = ByteReader(sections.lines, at: Int(truncatingIfNeeded: offset))
        var length = reader.number(bytes: 4)
        let isLarge = length == 0xFFFF_FFFF
        if isLarge { length = reader.number(bytes: 8) }
        guard !reader.isBroken, length <= UInt64(UInt(bitPattern: reader.end - reader.position)) else {
            return nil
        }
        let end = reader.position + Int(truncatingIfNeeded: length)
        let version = UInt16(truncatingIfNeeded: reader.number(bytes: 2))
        let encoding = Encoding(version: version, offsetSize: isLarge ? 8 : 4)
        guard (2...5).contains(version) else { return nil }
        if version == 5 { reader.skip(2) }
        let headLength = reader.offset(bytes: encoding.offsetSize)
        let programStart = reader.position.addingReportingOverflow(headLength)
        instructionLength = reader.number(bytes: 1)
        if version >= 4 { reader.skip(1) }
        reader.skip(1)
        lineBase = Int(Int8(bitPattern: reader.byte()))
        lineRange = reader.byte()
        firstSpecial = reader.byte()
        operandCounts = (1..<max(1, firstSpecial)).map { _ in reader.byte() }
        guard !reader.isBroken, !programStart.overflow, programStart.partialValue <= end, lineRange > 0,
            firstSpecial > 0
        else { return nil }
        files = FileTable(
            sections, encoding, sections.lines.part(at: 0, count: programStart.partialValue),
            at: reader.position)
        program = sections.lines.part(at: 0, count: end).part(from: programStart.partialValue)
    }

    /// The line of each address, nil where there is none; the addresses must be sorted.
    func lines(at addresses: [UInt64]) -> [SourceLine?] {
        var search = LineSearch(addresses)
        var reader = ByteReader(program)
        var state = State()
        while !reader.isAtEnd, search.missingCount > 0 {
            let operation = reader.byte()
            if operation >= firstSpecial {
                let step = operation - firstSpecial
                state.address &+= UInt64(step / lineRange) &* instructionLength
                state.source.line &+= lineBase &+ Int(step % lineRange)
                search.add(state.address, state.source)
            } else if operation == Operation.extended {
                runExtended(&reader, &state, &search)
            } else {
                run(operation, &reader, &state, &search)
            }
        }
        return search.found
    }

    private func run(
        _ operation: UInt8, _ reader: inout ByteReader, _ state: inout State, _ search: inout LineSearch
    ) {
        switch operation {
        case Operation.copy: search.add(state.address, state.source)
        case Operation.advanceAddress: state.address &+= reader.variableNumber() &* instructionLength
        case Operation.advanceLine: state.source.line &+= Int(reader.signedVariableNumber())
        case Operation.setFile: state.source.file = Int(truncatingIfNeeded: reader.variableNumber())
        case Operation.setColumn: state.source.column = Int(truncatingIfNeeded: reader.variableNumber())
        case Operation.advanceByHighest:
            state.address &+= UInt64((255 - firstSpecial) / lineRange) &* instructionLength
        case Operation.advanceByFixed: state.address &+= reader.number(bytes: 2)
        // Others change nothing that is wanted here.
        default: for _ in 0..<operandCounts[Int(operation) - 1] { reader.skipVariableNumber() }
        }
    }

    private func runExtended(_ reader: inout ByteReader, _ state: inout State, _ search: inout LineSearch) {
        let length = reader.variableNumber()
        let start = reader.position
        reader.skip(length)
        let end = reader.position
        guard !reader.isBroken, length > 0 else { return }
        reader.move(to: start)
        switch reader.byte() {
        case ExtendedOperation.endOfSequence:
            search.end(at: state.address)
            state = State()
        case ExtendedOperation.setAddress: state.address = reader.number(bytes: min(8, end - start - 1))
        default: break
        }
        reader.move(to: end)
    }
}

/// Matches the rows of a table, as they are written, with sorted addresses.
private struct LineSearch {
    private let addresses: [UInt64]
    private(set) var found: [SourceLine?]
    /// How many addresses have no line yet.
    private(set) var missingCount: Int
    /// The row before, and the first address that is not below it.
    private var row: (address: UInt64, source: SourceLine)?
    private var next = 0
    private var nextAddress = UInt64.max

    init(_ addresses: [UInt64]) {
        self.addresses = addresses
        found = Array(repeating: nil, count: addresses.count)
        missingCount = addresses.count
    }

    /// Takes a row, which ends the one before it.
    mutating func add(_ address: UInt64, _ source: SourceLine) {
        if let row, address >= row.address {
            if nextAddress < address { match(below: address, row.source) }
        } else {
            seek(address)
        }
        row = (address, source.line > 0 ? source : nearest(to: source))
    }

    /// What the compiler made up, such as the access to a property, belongs to the line before it in the same file.
    private func nearest(to source: SourceLine) -> SourceLine {
        guard let row, row.source.file == source.file else { return source }
        return row.source
    }

    mutating func end(at address: UInt64) {
        if let row, address >= row.address { match(below: address, row.source) }
        row = nil
        nextAddress = .max
    }

    /// A sequence begins; what the linker dropped begins at zero.
    private mutating func seek(_ address: UInt64) {
        next = address <= 1 ? addresses.count : addresses.firstIndex(notBelow: address)
        nextAddress = next < addresses.count ? addresses[next] : .max
    }

    private mutating func match(below address: UInt64, _ source: SourceLine) {
        while nextAddress < address {
            if found[next] == nil {
                found[next] = source
                missingCount -= 1
            }
            next += 1
            nextAddress = next < addresses.count ? addresses[next] : .max
        }
    }
}
