// `flycatcher compact`: writes the database anew.

import ArgumentParser
import FlycatcherServer

/// Rewrites the database so that it holds nothing but what is stored.
struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact", abstract: "Writes the database anew, without gaps and remains.",
        discussion: """
            No server may run meanwhile. It needs as much room again as the database takes, and some seconds for a gigabyte.
            A running server gives space back by itself; this is for databases that early versions have made.
            """)

    @OptionGroup var options: DataOptions

    func run() async throws {
        let receipt = try Installation.compact(try options.settings())
        if options.json { return try Output.json(CompactLine(receipt)) }
        Output.line(
            "the database takes \(receipt.bytesAfter >> 10) KB, and took \(receipt.bytesBefore >> 10) KB")
    }
}

/// What compacting did, in JSON.
private struct CompactLine: Encodable {
    let bytesBefore: Int64
    let bytesAfter: Int64

    init(_ receipt: CompactReceipt) {
        bytesBefore = receipt.bytesBefore
        bytesAfter = receipt.bytesAfter
    }
}
