// What LLVM's symbolizer says about the same addresses.

import Foundation
import Testing

@testable import Symbols

/// Compares answers with those of `llvm-symbolizer`.
struct Peer {
    let symbolizer: URL

    /// How many addresses both name alike, function by function, and place alike, line by line.
    struct Agreement {
        var addresses = 0
        var functions = 0
        var lines = 0
        var inlined = 0
    }

    func agreement(on path: String, at addresses: [UInt64]) throws -> Agreement {
        let file = try #require(MappedFile(path: path))
        let program = try #require(ELFFile(file.bytes))
        let own = try #require(SymbolFile(path: path, buildID: program.buildID)).calls(at: addresses)
        let input = addresses.map { "0x" + String($0, radix: 16) }.joined(separator: "\n")
        let output = try Toolchain.run(
            symbolizer, ["--no-demangle", "--inlines", "--addresses", "--obj=\(path)"], input: input)

        var agreement = Agreement()
        for block in output.components(separatedBy: "\n\n") {
            let lines = block.split(separator: "\n").map(String.init)
            guard let first = lines.first, let address = UInt64(first.dropFirst(2), radix: 16) else {
                continue
            }
            let theirs = stride(from: 1, to: lines.count - 1, by: 2).map {
                Call(lines[$0], at: lines[$0 + 1])
            }
            let ours = (own[address] ?? [SourceCall()]).map(Call.init)
            agreement.addresses += 1
            agreement.inlined += theirs.count > 1 ? 1 : 0
            agreement.functions += ours.map(\.function) == theirs.map(\.function) ? 1 : 0
            // Where the compiler says no line the peer says none either, and we say the one before.
            let isAlike = zip(ours, theirs).allSatisfy { $1.place.isEmpty || $0.place == $1.place }
            agreement.lines += isAlike ? 1 : 0
        }
        return agreement
    }

    /// A call as both tell it: where there is no line, the file says nothing.
    private struct Call {
        let function: String
        let place: String

        init(_ function: String, at place: String) {
            self.function = function
            self.place = place.split(separator: ":").dropLast().last == "0" ? "" : place
        }

        init(_ call: SourceCall) {
            function = call.function ?? "??"
            place = call.line.map { "\(call.path ?? "??"):\($0):\(call.column ?? 0)" } ?? ""
        }
    }

    /// Addresses that are spread over all functions of a file.
    static func addresses(in path: String, count: Int) throws -> [UInt64] {
        let file = try #require(MappedFile(path: path))
        let table = try #require(ELFFile(file.bytes)?.symbolTables.first)
        let functions = table.functions { _ in true }
        let places = try (0..<count).map { index in
            let function = try #require(functions.isEmpty ? nil : functions[index * 7919 % functions.count])
            return function.lowerBound + UInt64(index * 104_729) % UInt64(function.count)
        }
        return Set(places).sorted()
    }
}

extension SymbolTable {
    /// The code of each function whose name passes.
    func functions(_ isWanted: (String) -> Bool) -> [Range<UInt64>] {
        (0..<entries.count / 24).compactMap { index in
            var reader = ByteReader(entries, at: index * 24)
            let head = reader.number(bytes: 8)
            let start = reader.number(bytes: 8)
            let size = reader.number(bytes: 8)
            let symbol = Symbol(name: Int(truncatingIfNeeded: head & 0xFFFF_FFFF), start: start)
            guard head >> 32 & 0xF == 2, head >> 48 != 0, size > 0, isWanted(name(of: symbol) ?? "") else {
                return nil
            }
            return start..<start + size
        }
    }
}
