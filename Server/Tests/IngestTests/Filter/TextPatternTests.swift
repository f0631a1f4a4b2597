// Tests patterns over whole texts.

import Testing

@testable import Ingest

@Suite struct TextPatternTests {
    @Test(arguments: [
        ("", ""), ("abc", "ABC"), ("*", ""), ("*", "anything at all"), ("a*", "a"), ("a*", "abc"),
        ("*c", "abc"),
        ("a*c", "ac"), ("a*b*c", "aXbYc"), ("a?c", "abc"), ("a?c", "aéc"), ("?", "日"), ("[a-c]x", "Bx"),
        ("[!a-c]x", "dx"), ("[!a-c]x", "éx"), ("{a,b}c", "bc"), ("x{,y}z", "xz"), ("{a,{b,c}}d", "cd"),
        (#"\*"#, "*"), (#"a\?"#, "a?"), (#"\{a\}"#, "{a}"), ("[]]", "]"), ("a,b}", "a,b}"),
        ("**a**", "xxaxx"), ("*TypeError: {null,undefined} is not*", "TypeError: null is not an object"),
        ("ResizeObserver loop *", "ResizeObserver loop limit exceeded"),
    ])
    func `the text fits`(pattern: String, text: String) throws {
        #expect(try TextPattern(pattern).matches(text))
    }

    @Test(arguments: [
        ("", "a"), ("abc", "abcd"), ("abc", "xabc"), ("a?c", "ac"), ("a?c", "abbc"), ("?", ""), ("?", "ab"),
        ("[a-c]", "d"), ("[!a-c]", "b"), ("[!a]", ""), ("{a,b}", "c"), ("{a,b}", "ab"), (#"\*"#, "a"),
        ("a*", "ba"),
        ("*a", "ab"), ("é", "e"),
    ])
    func `the text does not fit`(pattern: String, text: String) throws {
        #expect(try !TextPattern(pattern).matches(text))
    }

    @Test(arguments: ["[", "[a", "a[b", "{a", "{a,{b}", "[é]"])
    func `what cannot be read is refused`(pattern: String) {
        #expect(throws: TextPattern.Flaw.self) { try TextPattern(pattern) }
    }

    @Test func `patterns are bounded`() throws {
        #expect(throws: TextPattern.Flaw.tooLong) { try TextPattern(String(repeating: "a", count: 501)) }
        #expect(throws: TextPattern.Flaw.tooManyForms) {
            try TextPattern("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")
        }
        _ = try TextPattern(String(repeating: "{", count: 8) + "a" + String(repeating: "}", count: 8))
    }

    @Test func `long patterns fit where short ones do`() throws {
        let middle = String(repeating: "a?[b-d]{e,f}", count: 5)
        let long = try TextPattern("*\(String(repeating: "x", count: 70))*\(middle)*")
        let text = "…\(String(repeating: "X", count: 70))…" + String(repeating: "a日cf", count: 5) + "…"

        #expect(long.matches(text))
        #expect(!long.matches(String(text.dropFirst(2))))
    }

    @Test func `patterns and texts that would make others slow do not`() throws {
        let pattern = try TextPattern(String(repeating: "*a", count: 250))
        let text = String(repeating: "a", count: 20_000) + "b"
        let begun = ContinuousClock.now

        #expect(!pattern.matches(text))
        // Half a million steps of eight words; one that tries again would take longer than the world lasts.
        #expect(ContinuousClock.now - begun < .seconds(5))
    }
}
