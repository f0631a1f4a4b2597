// What fuzzers found worth keeping, tried once more: `make fuzz` looks for more of it.

import Foundation
import FuzzTargets
import Testing

@Suite struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzzing/Corpus")

    @Test(arguments: FuzzTarget.allCases) func `nothing that a fuzzer has kept breaks a reader`(
        target: FuzzTarget
    ) throws {
        let folder = Self.folder.appendingPathComponent(target.rawValue)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)

        for name in names {
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
            #expect(target.complaint(about: bytes) == nil, "\(target.rawValue)/\(name)")
        }
        #expect(names.count >= 50)
    }
}
