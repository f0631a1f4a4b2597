// Deaths for which it takes more than one thread.

import Flycatcher
import Foundation
import Synchronization

enum Threads {
    @inline(never) static func dieOnAnother(named name: String, _ death: @escaping @Sendable () -> Void) {
        begin(named: name) {
            Flycatcher.addBreadcrumb("about to die on a thread", category: "probe")
            death()
        }
        waitForTheEnd()
    }

    /// The SDK has never been called on this thread.
    @inline(never) static func dieOnAStranger() {
        begin(named: "stranger") { Memory.descendForEver() }
        waitForTheEnd()
    }

    /// The stack that the thread runs on is taken away from under it.
    @inline(never) static func loseTheStack() {
        begin(named: "stackless") {
            Flycatcher.addBreadcrumb("about to lose the stack", category: "probe")
            var here = 0
            let page = withUnsafeMutablePointer(to: &here) { Int(bitPattern: $0) } & ~4095
            mprotect(UnsafeMutableRawPointer(bitPattern: page - 16 * 4096), 17 * 4096, PROT_NONE)
            Signals.survive()
        }
        waitForTheEnd()
    }

    @inline(never) static func dieTogether() {
        let gate = Gate()
        for number in 1...2 {
            begin(named: "twin-\(number)") {
                Flycatcher.addBreadcrumb("about to die together", category: "probe")
                gate.meet(2)
                Trap.unwrapNothing(nil)  // dies: two-at-once
            }
        }
        waitForTheEnd()
    }

    static func begin(named name: String, _ work: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            setThreadName(pthread_self(), name)
            work()
        }
    }

    @inline(never) static func waitForTheEnd() {
        while true { pause() }
    }
}

/// Threads that do nothing, under names that the tests look for.
enum Keeper {
    static func start(count: Int) {
        let ready = DispatchSemaphore(value: 0)
        for number in 1...count {
            Threads.begin(named: "keeper-\(number)") {
                ready.signal()
                Threads.waitForTheEnd()
            }
        }
        for _ in 1...count { ready.wait() }
    }
}

/// Lets threads go on at the same moment.
private final class Gate: Sendable {
    private let arrived = Atomic(0)

    func meet(_ count: Int) {
        arrived.add(1, ordering: .sequentiallyConsistent)
        while arrived.load(ordering: .sequentiallyConsistent) < count {}
    }
}

/// The C library shows it to C alone.
@_silgen_name("pthread_setname_np")
@discardableResult
private func setThreadName(_ thread: pthread_t, _ name: UnsafePointer<CChar>) -> Int32
