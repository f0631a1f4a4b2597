// Adds to a list from eight threads, with a lock or without: what Thread Sanitizer must be silent about, and what not.

import Foundation
import Synchronization

final class Numbers: @unchecked Sendable {
    // Unchecked: to be caught at it is the point.
    let lock = Mutex(())
    var list: [Int] = []

    func append(_ number: Int, isLocked: Bool) {
        guard isLocked else { return list.append(number) }
        lock.withLock { _ in
            list.append(number)
            // So that others have to wait, and take the slow path.
            usleep(10)
        }
    }
}

let isLocked = CommandLine.arguments.last == "locked"
let numbers = Numbers()
numbers.list.reserveCapacity(10_000)
let threads = (0..<8).map { number in
    Thread {
        // Without a lock once each: the list itself must survive.
        for _ in 0..<(isLocked ? 500 : 1) { numbers.append(number, isLocked: isLocked) }
    }
}
threads.forEach { $0.start() }
while threads.contains(where: { !$0.isFinished }) { usleep(1000) }
