// Mistakes on which the Swift runtime, or the compiled code itself, ends the program.

import Foundation

/// Each is a function of its own that is not inlined, so that the tests know the name of the newest frame.
enum Trap {
    @inline(never) static func unwrapNothing(_ value: Int?) {
        // swift-format-ignore: NeverForceUnwrap
        print(value!)  // dies: nil, other-thread
    }

    @inline(never) static func readBeyond(_ values: [Int], at index: Int) {
        print(values[index])  // dies: index
    }

    @inline(never) static func addUp(_ one: Int8, _ other: Int8) {
        print(one + other)  // dies: overflow
    }

    @inline(never) static func require(_ claim: Bool) {
        precondition(claim, "the books must balance")  // dies: precondition
    }

    @inline(never) static func giveUp(_ number: Int) {
        fatalError("the shop burned down \(number) times")  // dies: fatal-error
    }

    @inline(never) static func divide(_ whole: Int, by parts: Int) {
        print(whole / parts)  // dies: division
    }

    @inline(never) static func narrow(_ number: Int) {
        print(UInt8(number))  // dies: narrowing
    }

    @inline(never) static func count(from first: Int, to last: Int) {
        print((first...last).count)  // dies: range
    }

    @inline(never) static func cast(_ value: Any) {
        // swift-format-ignore: NeverForceUnwrap
        print(value as! String)  // dies: cast
    }

    @inline(never) static func insist() {
        // swift-format-ignore: NeverUseForceTry
        try! runOut()  // dies: try
    }

    @inline(never) static func index(_ pairs: [(String, Int)]) {
        print(Dictionary(uniqueKeysWithValues: pairs))  // dies: duplicate-key
    }

    @inline(never) static func visitTheDead() {
        let visitor = Visitor(Counter())
        print(visitor.host.value)  // dies: unowned
    }

    @inline(never) static func changeTwice(_ counter: Counter) {
        counter.change(&counter.value)  // dies: exclusivity
    }

    @inline(never) static func letEscape() throws {
        try runOut()
    }

    @inline(never) static func runOut() throws {
        throw StockError(article: "lamp", left: 3)  // dies: top-level
    }
}

struct StockError: Error {
    let article: String
    let left: Int
}

final class Counter {
    var value = 0

    @inline(never) func change(_ number: inout Int) {  // dies: exclusivity
        value += 1  // dies: exclusivity
        number += 1
    }
}

private final class Visitor {
    unowned let host: Counter

    init(_ host: Counter) {
        self.host = host
    }
}
