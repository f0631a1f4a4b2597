// Tests the lines of the log.

import FlycatcherWire
import Logging
import Testing

@testable import FlycatcherServer

@Suite struct LineLogHandlerTests {
    private func line(_ message: String, _ pairs: Logger.Metadata = [:]) -> String {
        LineLogHandler.line(at: Timestamp(microseconds: 0), level: .info, message: message, pairs: pairs)
    }

    @Test func `a line has time, level, message and pairs in order`() {
        #expect(
            line("stored", ["b": "two words", "a": "1"])
                == "1970-01-01T00:00:00.000000Z info stored a=1 b=\"two words\"\n")
    }

    @Test(arguments: ["a\nb", "a\r\nb", "a\u{1B}[31mb", "a\u{85}b", "a\"b", ""])
    func `no value ends the line, commands a terminal or breaks its quotes`(value: String) {
        let text = line("m", ["k": "\(value)"])

        #expect(
            text.dropLast().unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        #expect(text.hasSuffix("\"\n"))
        #expect(text.replacing("\\\"", with: "").count { $0 == "\"" } == 2)
    }

    @Test func `no value fills the disk`() {
        #expect(line("m", ["k": "\(String(repeating: "x", count: 1_000_000))"]).utf8.count < 3000)
        #expect(line(String(repeating: "x", count: 1_000_000)).utf8.count < 3000)
    }
}
