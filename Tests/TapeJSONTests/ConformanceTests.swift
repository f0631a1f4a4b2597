// JSONDocument against a public suite of what JSON is and is not.

import Foundation
import TapeJSON
import Testing

@Suite(.enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)))
struct ConformanceTests {
    private static let folder = "json/test_parsing"

    private static func files(_ prefix: String) -> [URL] {
        SharedData.files(in: folder).filter { $0.lastPathComponent.hasPrefix(prefix) }
    }

    @Test func `every text that is JSON is read`() throws {
        let files = Self.files("y_")
        for file in files {
            #expect(throws: Never.self, "\(file.lastPathComponent)") {
                try JSONDocument(parsing: SharedData.bytes(of: file))
            }
        }
        #expect(files.count > 90)
    }

    @Test func `every text that is not JSON is refused`() throws {
        let files = Self.files("n_")
        for file in files {
            #expect(throws: JSONError.self, "\(file.lastPathComponent)") {
                try JSONDocument(parsing: SharedData.bytes(of: file))
            }
        }
        #expect(files.count > 180)
    }

    @Test func `texts that may be either end in a document or an error, and strings are always mended`()
        throws
    {
        let files = Self.files("i_")
        let refused = files.filter { file in (try? JSONDocument(parsing: SharedData.bytes(of: file))) == nil }

        let names = refused.map { $0.deletingPathExtension().lastPathComponent }
        #expect(
            names == [
                "i_string_UTF-16LE_with_BOM", "i_string_utf16BE_no_BOM", "i_string_utf16LE_no_BOM",
                "i_structure_500_nested_arrays", "i_structure_UTF-8_BOM_empty_object",
            ])
        #expect(files.count > 30)
    }

    @Test func `whatever is read writes what reads again`() throws {
        for file in Self.files("y_") + Self.files("i_") {
            guard let document = try? JSONDocument(parsing: SharedData.bytes(of: file)) else { continue }
            let written = document.serialized(document.root)
            let again = try JSONDocument(parsing: written)

            #expect(again.repairedNodes.isEmpty, "\(file.lastPathComponent)")
            #expect(again.serialized(again.root) == written, "\(file.lastPathComponent)")
        }
    }
}
