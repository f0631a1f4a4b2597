// Ends by a signal that the program sends itself, directly or through the C library.

import Foundation

enum Signals {
    @inline(never) static func abortAtOnce() {
        if !Chance.never { abort() }  // dies: abort
    }

    @inline(never) static func assertInC() {
        if !Chance.never { failAssertion("debit == credit", "ledger.c", 12, "settle") }  // dies: assert
    }

    @inline(never) static func raiseHere(_ signal: Int32) {
        raise(signal)  // dies: raise-fpe, raise-sys, raise-trap
        survive()
    }

    @inline(never) static func sendToOneself(_ signal: Int32) {
        kill(getpid(), signal)  // dies: kill-segv
        survive()
    }

    /// What follows a call keeps its frame from being given up to it.
    @inline(never) static func survive() {
        print("still alive")
    }
}

/// What C's `assert` calls; its header shows it to C alone.
@_silgen_name("__assert_fail")
private func failAssertion(
    _ claim: UnsafePointer<CChar>, _ file: UnsafePointer<CChar>, _ line: UInt32,
    _ function: UnsafePointer<CChar>
) -> Never
