// The names of calls by their place, since the same places report again and again.

import Synchronization

/// Names places in the code, and remembers what it has named.
enum NamedCalls {
    static let capacity = 10_000

    /// A place holds several calls where some were inlined, the innermost first, and none where nobody wrote one.
    private static let known = Mutex<[CodePlace: [Flycatcher.Frame]]>([:])

    /// The calls at each place.
    static func calls(at places: [CodePlace]) -> [[Flycatcher.Frame]] {
        let unknown = known.withLock { known in places.filter { known[$0] == nil } }
        if !unknown.isEmpty { remember(Symbolication.calls(at: Array(Set(unknown)))) }
        return known.withLock { known in places.map { known[$0] ?? [Flycatcher.Frame(at: $0)] } }
    }

    private static func remember(_ calls: [CodePlace: [Flycatcher.Frame]]) {
        known.withLock { known in
            if known.count + calls.count > capacity { known = [:] }
            known.merge(calls) { $1 }
        }
    }

    /// How many places are remembered.
    static var count: Int {
        known.withLock { $0.count }
    }
}

extension Flycatcher.Frame {
    /// A call of which nothing but its place is known.
    init(at place: CodePlace) {
        self.init(function: nil)
        instructionAddress = place.instruction
        package = LoadedImages.image(at: place.instruction)?.codeFile
    }
}
