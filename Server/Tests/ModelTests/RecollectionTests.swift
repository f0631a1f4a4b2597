// What is remembered, what is not, and that there is an end to it.

import Testing

@testable import Model

@Suite struct RecollectionTests {
    private struct Nonsense: Error {}

    @Test func `a text is read once`() throws {
        let recollection = Recollection<Int>()
        var readings = 0
        func read(_ text: String) -> Int {
            readings += 1
            return text.count
        }

        for _ in 0..<3 { #expect(recollection.meaning(of: "seven", read: read) == 5) }

        #expect(readings == 1)
    }

    @Test func `what cannot be read is tried again`() {
        let recollection = Recollection<Int>()

        for _ in 0..<2 {
            #expect(throws: Nonsense.self) { try recollection.meaning(of: "x") { _ in throw Nonsense() } }
        }
        #expect(recollection.meaning(of: "x") { _ in 7 } == 7)
    }

    @Test func `ten thousand texts take no more room than a thousand, and long ones none`() {
        let recollection = Recollection<Int>()
        for number in 0..<10_000 { _ = recollection.meaning(of: "\(number)") { _ in number } }
        let long = String(repeating: "x", count: 10_000)
        var readings = 0

        for _ in 0..<2 {
            _ = recollection.meaning(of: long) { _ in
                readings += 1; return 0
            }
        }

        #expect(recollection.count <= Recollection<Int>.maximumCount)
        #expect(readings == 2)
    }
}
