// The functions of a unit, and the calls that were inlined into them.

/// Where the code of each function of a unit is.
struct FunctionList {
    private struct Function {
        let low: UInt64
        let high: UInt64
        let entry: Int
    }

    private var functions: [Function] = []

    var count: Int {
        functions.count
    }

    /// Goes through all entries of the unit once.
    init(_ sections: DebugSections, _ unit: Unit) {
        var reader = EntryReader(sections.entries, unit.head, unit.table)
        while functions.count < Limits.functionsPerUnit {
            let position = reader.position
            switch reader.next() {
            case .end: return
            case .endOfChildren: continue
            case .entry(let shape) where shape.tag != Tag.function: reader.skip(shape)
            case .entry(let shape):
                guard let entry = reader.read(shape) else { return }
                sections.forEachRange(of: entry, unit) { range in
                    functions.append(
                        Function(low: range.lowerBound, high: range.upperBound, entry: position))
                    return functions.count < Limits.functionsPerUnit
                }
            }
        }
    }

    /// The entry of the function around an address: of several the smallest, which stands within the others.
    func entry(at address: UInt64) -> Int? {
        var best: Function?
        for function in functions where function.low <= address && address < function.high {
            if let other = best, other.high - other.low <= function.high - function.low { continue }
            best = function
        }
        return best?.entry
    }
}

/// The calls that lead to an instruction within the code of a function.
struct InlineChain {
    /// The function itself, then the calls that were inlined around the instruction, the outermost first.
    let entries: [Entry]

    init?(_ sections: DebugSections, _ unit: Unit, function: Int, at address: UInt64) {
        var reader = EntryReader(sections.entries, unit.head, unit.table, at: function)
        guard let root = reader.readNext() else { return nil }
        var entries = [root]
        // How deep the entries are that come next, and how deep the innermost one is that holds the instruction.
        var depth = root.hasChildren ? 1 : 0
        var holder = 0
        while depth > holder, entries.count < Limits.inlinedCalls {
            let step = reader.next()
            if case .end = step { break }
            guard case .entry(let shape) = step else {
                depth -= 1
                continue
            }
            let isCandidate =
                depth == holder + 1 && (shape.tag == Tag.inlinedCall || shape.tag == Tag.block)
            if isCandidate, let entry = reader.read(shape) {
                if sections.contains(address, entry, unit) {
                    if entry.tag == Tag.inlinedCall { entries.append(entry) }
                    guard entry.hasChildren else { break }
                    holder += 1
                }
            } else if !isCandidate {
                reader.skip(shape)
            }
            if shape.hasChildren { depth += 1 }
        }
        self.entries = entries
    }
}
