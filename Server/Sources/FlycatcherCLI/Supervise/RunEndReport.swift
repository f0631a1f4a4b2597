// What is reported of a program that was ended from outside.

import Flycatcher
import FlycatcherWire

/// The end of a supervised program, as far as its supervisor can tell.
struct RunEndReport {
    /// The program's file, without its folder.
    ///
    /// Arguments may hold secrets and are not told.
    let program: String
    let processID: Int32
    let signal: Int32
    let lifetime: Duration
    let isForWantOfMemory: Bool

    var event: Flycatcher.Event {
        let name = Self.name(of: signal)
        let reason = isForWantOfMemory ? ": the system had no memory left for it" : ""
        let exception = Flycatcher.ExceptionValue(
            type: name, value: "\(program) was ended by \(name)\(reason)",
            mechanism: Flycatcher.Mechanism(
                type: "supervisor", isHandled: false,
                meta: ["signal": ["number": .integer(Int(signal)), "name": .string(name)]]))
        var event = Flycatcher.Event(exceptions: [exception], level: .fatal)
        event.transaction = program
        event.contexts["process"] = [
            "program": .string(program), "pid": .integer(Int(processID)),
            "lifetime_seconds": .double(lifetime / .seconds(1)),
        ]
        event.tags["ended.by"] = isForWantOfMemory ? "out of memory" : name
        return event
    }

    static func name(of signal: Int32) -> String {
        names[signal] ?? "signal \(signal)"
    }

    private static let names: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
        8: "SIGFPE",
        9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM",
        15: "SIGTERM",
        24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
    ]
}
