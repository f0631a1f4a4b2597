// Tests that a person is found in files, wherever they stand, and nobody else.

import Dispatch
import Foundation
import Testing

@testable import FlycatcherServer

@Suite struct FileSearchTests {
    private static let pieceSize = 1 << 20

    private func isFound(_ trait: PersonalTrait?, in content: [UInt8]) async throws -> Bool {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(content).write(to: URL(fileURLWithPath: path))
        let file = try #require(FileReading(path: path, thread: DispatchQueue(label: "test")))
        return try await FileSearch(try #require(trait)).holds(file)
    }

    @Test(arguments: [
        ("jo@example.org", true), ("mail to JO@Example.org.", true), ("?to=jo%40example.org&x", true),
        ("\u{0}\u{1}jo@example.org\u{0}", true), ("", false), ("jo@example.or", false),
        ("banjo@example.org", false), ("jo@example.org.uk", false), ("jo@example.orgs", false),
    ])
    func `an address is found as a word`(text: String, isFound: Bool) async throws {
        #expect(
            try await self.isFound(PersonalTrait(email: "jo@example.org"), in: Array(text.utf8)) == isFound)
    }

    /// Around the end of a piece each position must be seen once, with what stands before and behind.
    @Test func `an address is found across the pieces in which a file is read`() async throws {
        let trait = PersonalTrait(email: "jo@example.org")
        for start in Self.pieceSize - 19...Self.pieceSize + 3 {
            let before = Array(repeating: UInt8(ascii: " "), count: start)
            let after = Array(repeating: UInt8(ascii: " "), count: 40)
            func content(_ word: String) -> [UInt8] { before + Array(word.utf8) + after }

            #expect(try await isFound(trait, in: content("jo@example.org")), "at \(start)")
            #expect(try await isFound(trait, in: content("jo@example.org. And")), "at \(start)")
            #expect(try await !isFound(trait, in: content("xjo@example.org")), "at \(start)")
            #expect(try await !isFound(trait, in: content("jo@example.org.uk")), "at \(start)")
        }
    }

    @Test func `an address of the internet is found, an id is not looked for`() async throws {
        let content = Array("from 192.0.2.7: user 7".utf8)

        #expect(try await isFound(PersonalTrait(address: "192.0.2.7"), in: content))
        #expect(try await !isFound(PersonalTrait(address: "92.0.2.7"), in: content))
        #expect(try await !isFound(PersonalTrait(userID: "7"), in: content))
    }
}
