// Answers which function and line an address of a program belongs to.

/// A program or library, together with the file that its debug information was put into, if it was.
///
/// Nothing that is read is trusted: of a corrupt file the answers are poor, never wrong memory. It is not meant for
/// several threads at a time.
package final class SymbolFile {
    private let program: MappedFile
    private let debugFile: MappedFile?
    private let symbols: [SymbolTable]
    private let information: DebugInformation?
    /// The address that the program was linked for, at the beginning of a page.
    package let firstAddress: UInt64

    /// Opens a program that has the given build id, or none if that is nil; nil when it is another one.
    package init?(path: String, buildID: [UInt8]?) {
        guard let program = MappedFile(path: path), let file = ELFFile(program.bytes), file.buildID == buildID
        else { return nil }
        self.program = program
        firstAddress = file.firstAddress
        let debug = file.hasDebugInformation ? nil : Self.debugFile(of: file, at: path)
        debugFile = debug?.mapping
        symbols = (debug?.file.symbolTables ?? []) + file.symbolTables
        information = DebugSections(debug?.file ?? file).map(DebugInformation.init)
        forget()
    }

    private static func debugFile(
        of program: ELFFile, at path: String
    ) -> (mapping: MappedFile, file: ELFFile)? {
        for candidate in DebugFiles.candidates(for: program, at: path) {
            guard let mapping = MappedFile(path: candidate), let file = ELFFile(mapping.bytes),
                DebugFiles.match(file, mapping.bytes, program)
            else { continue }
            return (mapping, file)
        }
        return nil
    }

    /// The calls at each address of the file, the innermost first, none where nothing is known.
    package func calls(at addresses: [UInt64]) -> [UInt64: [SourceCall]] {
        let addresses = Set(addresses).sorted()
        let known = information?.calls(at: addresses) ?? Array(repeating: [], count: addresses.count)
        var calls = Dictionary(uniqueKeysWithValues: zip(addresses, known))
        let nameless = addresses.filter { calls[$0]?.last?.function == nil }
        for (address, symbol) in symbolNames(at: nameless) {
            var call = calls[address]?.last ?? SourceCall()
            call.function = symbol.function
            call.functionStart = symbol.functionStart
            calls[address] = (calls[address] ?? []).dropLast() + [call]
        }
        forget()
        return calls.filter { !$0.value.isEmpty }
    }

    private func symbolNames(at addresses: [UInt64]) -> [UInt64: SourceCall] {
        var names: [UInt64: SourceCall] = [:]
        for table in symbols {
            let missing = addresses.filter { names[$0] == nil }
            guard !missing.isEmpty else { break }
            for (address, symbol) in zip(missing, table.functions(at: missing)) {
                guard let symbol, let name = table.name(of: symbol) else { continue }
                names[address] = SourceCall(function: name, functionStart: symbol.start)
            }
        }
        return names
    }

    /// Gives back the memory of what was read.
    private func forget() {
        program.forget()
        debugFile?.forget()
    }
}
