// Signals that are told one after the other instead of interrupting.

import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The signals that the process is sent, in their order.
///
/// The handler only writes into a pipe, which is all that a handler may do: whichever thread it interrupts goes on.
struct SignalQueue {
    struct Told {
        let number: Int32
        /// Whether somebody pressed a key, so that all programs of the terminal's group were told.
        let isFromTerminal: Bool
    }

    /// Where handlers write.
    private static let entrance = Atomic<Int32>(-1)
    private let exit: Int32

    /// Takes signals from now on; there is one queue in a process.
    init(of signals: [Int32]) {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A full pipe holds thousands of signals that nobody has looked at; one more changes nothing.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        Self.entrance.store(ends[1], ordering: .releasing)
        exit = ends[0]
        for number in signals { Self.listen(to: number) }
    }

    /// Waits for the next one; nil when something else ended the wait.
    func next() -> Told? {
        var bytes: [UInt8] = [0, 0]
        guard read(exit, &bytes, bytes.count) == bytes.count else { return nil }
        return Told(number: Int32(bytes[0]), isFromTerminal: bytes[1] == 1)
    }

    /// Lets a signal on this thread do to the process what it does to any.
    static func letThrough(_ number: Int32) {
        signal(number, SIG_DFL)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private static func listen(to number: Int32) {
        guard !isIgnored(number) else { return }
        var action = sigaction()
        let handler:
            @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void = {
                number, about, _ in
                let code = errno
                var told = (
                    UInt8(truncatingIfNeeded: number), UInt8(about?.pointee.si_code == fromKernel ? 1 : 0)
                )
                _ = write(SignalQueue.entrance.load(ordering: .acquiring), &told, 2)
                errno = code
            }
        #if canImport(Darwin)
            action.__sigaction_u.__sa_sigaction = handler
        #else
            action.__sigaction_handler.sa_sigaction = handler
        #endif
        action.sa_flags = Int32(SA_SIGINFO | SA_RESTART)
        sigaction(number, &action, nil)
    }
}

/// Whether the process was told to ignore a signal, as `nohup` does: its programs shall do so too.
private func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    #if canImport(Darwin)
        let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
    #else
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    #endif
    return handler == 1
}

/// The code of signals that the kernel makes itself: of those that are passed on, it does so for keys alone.
#if os(Linux)
    private let fromKernel: Int32 = 0x80
#else
    private let fromKernel: Int32 = .min
#endif
