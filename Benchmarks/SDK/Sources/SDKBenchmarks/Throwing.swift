// What a throw costs, from several depths of the stack.

import Foundation

/// Throws and catches, so that it can be seen what the SDK adds.
enum Throwing {
    private enum Refused: Error {
        case notFound(id: Int), gone
    }

    /// How many calls are below the benchmark's own, of which there are six.
    private static let depths = [0, 16, 54]

    static func questions(_ name: String) -> [Question] {
        depths.map { depth in
            question("\(name), \(depth + 6) calls deep", depth) { do { try thrower(7) } catch {} }
        } + [
            question("\(name), typed", 0) { do throws(Refused) { try typedThrower(7) } catch {} }
        ]
    }

    /// Fewer throws in a round than are passed over as a burst, and a pause before each.
    private static func question(_ name: String, _ depth: Int, _ call: @escaping () -> Void) -> Question {
        Question(
            name: name, budget: nil, calls: 1000, prepare: { usleep(15_000) },
            around: { deep(depth, $0) }, call: call)
    }

    @inline(never) static func thrower(_ id: Int) throws {
        if id > 0 { throw Refused.notFound(id: id) }
    }

    @inline(never) private static func typedThrower(_ id: Int) throws(Refused) {
        if id > 0 { throw .gone }
    }

    @inline(never) private static func deep(_ depth: Int, _ body: () -> Void) {
        if depth == 0 { body() } else { deep(depth - 1, body) }
        keepFrame()
    }

    /// Something to be done after a call, so that it cannot become a jump that leaves no frame.
    @inline(never) private static func keepFrame() {}
}
