// Events as SDKs sent them, raw and unnormalised: each has a page.

import Foundation
import Model
import Testing

@testable import Web

struct WildEventsTests {
    @Test func `every recorded event has a whole page with its title`() async throws {
        let files = Self.files()
        guard !files.isEmpty else {
            print("skipped: there is no ../shared/data/events beside the checkout")
            return
        }

        for file in files {
            let bytes = Array(try Data(contentsOf: file))
            let html = try await Rendered.issuePage(String(decoding: bytes, as: UTF8.self))

            #expect(throws: Never.self, "\(file.lastPathComponent)") { try HTMLOutline(html) }
            for title in Self.titles(of: bytes) {
                #expect(html.contains(EscapedHTML().escapeText(title)), "\(file.lastPathComponent): \(title)")
            }
        }
    }

    /// The type of each exception, and the message.
    private static func titles(of bytes: [UInt8]) -> [String] {
        guard let event = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
            return []
        }
        let wrapped = (event["exception"] as? [String: Any])?["values"] as? [Any]
        let exceptions = wrapped ?? event["exception"] as? [Any] ?? []
        let types = exceptions.dropLast().compactMap { ($0 as? [String: Any])?["type"] as? String }
        return types + [(event["logentry"] as? [String: Any])?["formatted"] as? String].compactMap { $0 }
    }

    private static func files() -> [URL] {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("../shared/data/events", isDirectory: true)
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
    }
}
