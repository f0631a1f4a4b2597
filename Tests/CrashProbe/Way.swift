// The ways to die, by the names that the tests use.

import Flycatcher
import Foundation

enum Way {
    typealias Death = @Sendable () throws -> Void

    static let all = [traps, signals, memory, threads, endings].reduce(into: [:]) { all, some in
        all.merge(some) { _, newer in newer }
    }

    private static let traps: [String: Death] = [
        "nil": { Trap.unwrapNothing(Chance.never ? 1 : nil) },
        "index": { Trap.readBeyond([1, 2, 3], at: 10 + Chance.zero) },
        "overflow": { Trap.addUp(Int8(100 + Chance.zero), 100) },
        "precondition": { Trap.require(Chance.never) },
        "fatal-error": { Trap.giveUp(Chance.zero + 7) },
        "division": { Trap.divide(10, by: Chance.zero) },
        "narrowing": { Trap.narrow(300 + Chance.zero) },
        "range": { Trap.count(from: 5 + Chance.zero, to: 2) },
        "cast": { Trap.cast(17 + Chance.zero) },
        "try": { Trap.insist() },
        "duplicate-key": { Trap.index([("a", 1), ("a", 2)]) },
        "unowned": { Trap.visitTheDead() },
        "exclusivity": { Trap.changeTwice(Counter()) },
        "top-level": { try Trap.letEscape() },
    ]

    private static let signals: [String: Death] = [
        "abort": { Signals.abortAtOnce() },
        "assert": { Signals.assertInC() },
        "raise-fpe": { Signals.raiseHere(SIGFPE) },
        "raise-sys": { Signals.raiseHere(SIGSYS) },
        "raise-trap": { Signals.raiseHere(SIGTRAP) },
        "kill-segv": { Signals.sendToOneself(SIGSEGV) },
        "kill-kill": { Signals.sendToOneself(SIGKILL) },
    ]

    private static let memory: [String: Death] = [
        "null-write": { Memory.writeToNull(Chance.zero) },
        "memcpy": { Memory.copyToNowhere() },
        "double-free": { Memory.freeTwice() },
        "truncated-file": { try Memory.readATruncatedFile() },
        "wild-jump": { Memory.jumpToNowhere(16 + Chance.zero) },
        "smashed-stack": { Memory.smashTheStack() },
        "stack-overflow": { Memory.descendForEver() },
    ]

    private static let threads: [String: Death] = [
        "other-thread": { Threads.dieOnAnother(named: "checkout") { Trap.unwrapNothing(nil) } },
        "thread-overflow": { Threads.dieOnAnother(named: "checkout") { Memory.descendForEver() } },
        "untouched-overflow": { Threads.dieOnAStranger() },
        "lost-stack": { Threads.loseTheStack() },
        "two-at-once": { Threads.dieTogether() },
        "async": { Tasks.die() },
        "continuation": { Tasks.resumeTwice() },
        "isolation": { Tasks.trespass() },
    ]

    private static let endings: [String: Death] = [
        "live": { Endings.flushAndReturn() },
        "call-sites": { CallSites.report() },
        "full-disk": { try Endings.fillTheDisk() },
        "lost-folder": { try Endings.loseTheFolder() },
    ]
}

/// Values that the optimiser can't foresee.
enum Chance {
    static let never = CommandLine.arguments.contains("never")
    static let zero = never ? 1 : 0
}
