// EventID: both forms, and the shape of new ones.

import FlycatcherWire
import Testing

@Suite struct EventIDTests {
    @Test(arguments: [
        "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7",
        "6B1F0C2D9A7E4C53B8D1E2F3A4B5C6D7",
        "6b1f0c2d-9a7e-4c53-b8d1-e2f3a4b5c6d7",
        "6B1f0c2d-9a7e-4C53-b8d1-e2f3a4b5c6D7",
    ])
    func `each form of one identity reads as the same`(text: String) {
        #expect(EventID(text)?.description == "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7")
    }

    @Test(arguments: [
        "", "6b1f", "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d", "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d77",
        "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6dg", "6b1f0c2d-9a7e-4c53-b8d1e2f3a4b5c6d7aaaa",
        "6b1f0c2d9a7e-4c53-b8d1-e2f3-a4b5c6d7", "------------------------------------",
        " 6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d", "{6b1f0c2d-9a7e-4c53-b8d1-e2f3a4b5c6d7}",
        "6b1f0c2d9a7e4c53b8d1e2f3a4b5c6é", "+b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7",
    ])
    func `any other text is refused`(text: String) {
        #expect(EventID(text) == nil)
    }

    @Test func `the lowest and the highest keep all their digits`() {
        let (lowest, highest) = (String(repeating: "0", count: 32), String(repeating: "f", count: 32))

        #expect(EventID(lowest)?.value == 0)
        #expect(EventID(lowest)?.description == lowest)
        #expect(EventID(highest)?.value == .max)
        #expect(EventID(highest)?.description == highest)
    }

    @Test func `a new identity is a random UUID of version 4`() {
        var seen: Set<EventID> = []
        for _ in 0..<1000 {
            let id = EventID()
            let digits = Array(id.description)
            seen.insert(id)

            #expect(digits[12] == "4")
            #expect("89ab".contains(digits[16]))
            #expect(EventID(id.description) == id)
        }
        #expect(seen.count == 1000)
    }
}
