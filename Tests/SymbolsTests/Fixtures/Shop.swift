// A library with generics, closures and collections, which an optimiser puts into each other.

protocol Priced {
    var price: Int { get }
}

struct Order: Priced, Hashable, Comparable {
    var name: String
    var count: Int
    var price: Int { count &* 3 }

    static func < (left: Order, right: Order) -> Bool {
        (left.price, left.name) < (right.price, right.name)
    }
}

final class Till {
    var orders: [Order] = []
    private var sums: [String: Int] = [:]

    func take(_ order: Order) throws {
        guard order.count > 0 else { throw Refusal.empty(order.name) }
        orders.append(order)
        sums[order.name, default: 0] += order.price
    }

    enum Refusal: Error {
        case empty(String)
    }

    func report() -> String {
        let lines = orders.sorted().map { "\($0.name): \($0.price) of \(sums[$0.name] ?? 0)" }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    func dearest(_ count: Int) -> ArraySlice<Order> {
        orders.sorted { $0.price > $1.price }.prefix(count)
    }
}

/// Keeps the optimiser from dropping what nobody calls.
@_cdecl("shop_run")
public func run(_ count: Int) -> Int {
    let till = Till()
    for index in 0..<count {
        do {
            try till.take(Order(name: "item \(index % 7)", count: index % 5))
        } catch {
            continue
        }
    }
    let words = till.report().split(separator: "\n").map { $0.split(separator: " ").compactMap { Int($0) } }
    return words.reduce(0) { $0 + $1.reduce(0, +) } + till.dearest(3).reduce(0) { $0 + $1.price }
}
