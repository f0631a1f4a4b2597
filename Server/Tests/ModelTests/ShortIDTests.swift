// The names of issues that people say aloud.

import Model
import Testing

@Suite struct ShortIDTests {
    @Test(arguments: [
        (1, "FLY-1"), (31, "FLY-Z"), (32, "FLY-10"), (42, "FLY-1A"), (1_048_576, "FLY-10000"), (0, "FLY-0"),
    ])
    func `a number is written in base 32`(number: Int64, text: String) {
        #expect(ShortID(prefix: "FLY", number: number).description == text)
        #expect(ShortID(text) == ShortID(prefix: "FLY", number: number))
    }

    @Test func `every number comes back from its text`() {
        let numbers: [Int64] = Array(0..<5000) + [1 << 30, 1 << 40, Int64.max >> 5]
        for number in numbers {
            let shortID = ShortID(prefix: "SHOP2", number: number)
            #expect(ShortID(shortID.description) == shortID)
        }
    }

    @Test(arguments: [
        ("fly-1a", "FLY-1A"), ("FLY-il", "FLY-11"), ("FLY-O1", "FLY-01"), ("my-app-7", "MY-APP-7"),
    ])
    func `people may write it as they hear it`(text: String, meant: String) throws {
        #expect(ShortID(text) == ShortID(meant))
        #expect(ShortID(text) != nil)
    }

    @Test(arguments: [
        "", "-", "FLY", "FLY-", "-1", "FLY-U", "FLY 1", "FLY-1 ", "FLY-1!", "FL_Y-1", "FLÜ-1", "FLY-٣", "%-1",
        "FLY-ZZZZZZZZZZZZZZ", "FLY-ZZZZZZZZZZZZZ", String(repeating: "A", count: 33) + "-1",
    ])
    func `anything else is no short id`(text: String) {
        #expect(ShortID(text) == nil)
    }
}
