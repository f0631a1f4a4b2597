// What the signals are called by which programs crash.

/// A signal as Linux numbers it, with what its code says about it.
struct SignalName {
    let number: Int
    let code: Int

    /// `SIGSEGV` and so on.
    var name: String {
        Self.names[number]?.name ?? "SIG\(number)"
    }

    /// In words.
    var description: String {
        Self.names[number]?.words ?? "Signal \(number)"
    }

    /// What the code is called; nil for an unknown one.
    var codeName: String? {
        Self.senders[code] ?? Self.names[number]?.codes.element(code - 1)
    }

    /// Whether it was sent, by the program itself or another, instead of being caused by an instruction.
    var isSent: Bool { code <= 0 }

    /// Whether it comes of an instruction or an access to memory, whose address the system knows.
    var hasAddress: Bool {
        !isSent && code != Self.byKernel && [4, 5, 7, 8, 11].contains(number)
    }

    /// The kernel's own word for what it knows no more of, such as an address that no memory can have.
    private static let byKernel = 128

    private static let senders = [
        0: "SI_USER", -1: "SI_QUEUE", -2: "SI_TIMER", -6: "SI_TKILL", 128: "SI_KERNEL",
    ]

    private static let names: [Int: (name: String, words: String, codes: [String])] = [
        4: (
            "SIGILL", "Illegal instruction",
            ["ILL_ILLOPC", "ILL_ILLOPN", "ILL_ILLADR", "ILL_ILLTRP", "ILL_PRVOPC", "ILL_PRVREG"]
        ),
        5: ("SIGTRAP", "Trap", ["TRAP_BRKPT", "TRAP_TRACE", "TRAP_BRANCH", "TRAP_HWBKPT"]),
        6: ("SIGABRT", "Aborted", []),
        7: ("SIGBUS", "Bus error", ["BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR"]),
        8: (
            "SIGFPE", "Arithmetic exception",
            [
                "FPE_INTDIV", "FPE_INTOVF", "FPE_FLTDIV", "FPE_FLTOVF", "FPE_FLTUND", "FPE_FLTRES",
                "FPE_FLTINV",
            ]
        ),
        11: ("SIGSEGV", "Segmentation fault", ["SEGV_MAPERR", "SEGV_ACCERR", "SEGV_BNDERR", "SEGV_PKUERR"]),
        31: ("SIGSYS", "Forbidden system call", ["SYS_SECCOMP"]),
    ]
}

extension Array {
    fileprivate func element(_ index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
