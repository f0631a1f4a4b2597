// What becomes of values of any type that an app attaches.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct ValueDescriptionTests {
    private typealias Value = Flycatcher.JSONValue

    @Test func `known types have their usual form`() throws {
        let samples: [(Any, Value)] = [
            (true, true), (7, 7), (UInt8(7), 7), (Int8(-1), -1), (2.5, 2.5), (Float(0.5), 0.5),
            ("text", "text"),
            (Substring("part"), "part"), (Character("c"), "c"), (UInt64.max, "18446744073709551615"),
            (try #require(URL(string: "https://a.example/b?c")), "https://a.example/b?c"),
            (Date(timeIntervalSince1970: 1.5), "1970-01-01T00:00:01.500000Z"), (Data("hi".utf8), "aGk="),
            (Data(count: 1 << 20), "(1048576 bytes)"), (Duration.seconds(2), "2.0 seconds"),
            (Decimal(1.5), "1.5"), (NSNumber(value: true), true), (NSNumber(value: 3), 3),
            (NSNumber(value: 0.5), 0.5), (NSNull(), .null), (NSString("old"), "old"),
            (NSArray(array: [1, "x"]), .array([1, "x"])), (Int?.none as Any, .null), (Int?.some(3) as Any, 3),
            ([1, 2], .array([1, 2])), ([String: Int](), .object([:])), ((1, "two"), .array([1, "two"])),
            ((a: 1, b: 2), .object(["a": 1, "b": 2])), (Value.bool(true), true), (Suit.hearts, "hearts"),
        ]

        for (value, json) in samples {
            #expect(Value(describing: value) == json)
        }
    }

    @Test func `keys of any type become texts`() {
        let value: [AnyHashable: Any] = [1: "one", "two": 2, Suit.hearts: true]

        #expect(Value(describing: value) == ["1": "one", "two": 2, "hearts": true])
    }

    @Test func `structs, classes and enums show what they hold`() {
        let order = Order(id: 7, suit: .hearts, note: nil)

        #expect(Value(describing: order) == ["id": 7, "suit": "hearts", "note": nil])
        #expect(Value(describing: Lid()) == ["height": 3, "colour": "red"])
        #expect(Value(describing: Suit.other("joker")) == ["other": "joker"])
        #expect(Value(describing: Spoken()) == "speaks for itself")
    }

    @Test func `objects that contain themselves end`() {
        let knot = Knot()
        knot.next = knot
        defer { knot.next = nil }

        #expect(Value(describing: knot) == ["next": "(cycle)"])
    }

    @Test func `the same object twice is not a cycle`() {
        let lid = Lid()

        #expect(
            Value(describing: [lid, lid])
                == [["height": 3, "colour": "red"], ["height": 3, "colour": "red"]])
    }

    @Test func `depth, breadth and the whole are bounded`() {
        var deep: [Any] = []
        for _ in 0..<1000 { deep = [deep] }
        var vast: Any = 1
        for _ in 0..<8 { vast = [Any](repeating: vast, count: 100) }

        #expect(Value(describing: deep, depth: 2) == [["[...]"]])
        #expect(Value(describing: [Int](repeating: 1, count: 500)) == .array(Array(repeating: 1, count: 100)))
        #expect("\(Value(describing: vast))".utf8.count < 1_000_000)
    }

    private enum Suit: Hashable {
        case hearts
        case other(String)
    }

    private struct Order {
        var id: Int
        var suit: Suit
        var note: String?
    }

    private struct Spoken: CustomStringConvertible {
        var description: String { "speaks for itself" }
    }

    private class Cover { let height = 3 }
    private final class Lid: Cover { let colour = "red" }
    private final class Knot { var next: Knot? }
}
