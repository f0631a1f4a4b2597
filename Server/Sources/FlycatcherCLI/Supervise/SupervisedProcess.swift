// A program that runs under a supervisor: started, told of signals, waited for.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The one child that a supervisor looks after.
///
/// Signals are told in turn, so that nothing happens in the middle of something else: the supervisor is a loop over what the
/// system tells it.
struct SupervisedProcess {
    /// How a process ended.
    enum Ending: Equatable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    /// What is passed on to the child; the rest ends or stops the supervisor as it would any program.
    private static let passedOn = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH]

    let id: pid_t
    /// Those that the child was sent on somebody's behalf.
    private(set) var requested: Set<Int32> = []
    private let signals: SignalQueue

    /// Starts a program, which is looked for as a shell would.
    ///
    /// - Throws: ``SuperviseError`` when it cannot be started.
    init(_ command: [String]) throws(SuperviseError) {
        signals = SignalQueue(of: Self.passedOn + [SIGCHLD])
        id = try Self.spawn(command)
    }

    /// Passes signals on until the child has ended; ends of grandchildren that nobody waits for are taken note of too, as
    /// the first process of a container has to.
    mutating func wait() -> Ending {
        while true {
            var status: Int32 = 0
            while case let ended = waitpid(-1, &status, WNOHANG), ended > 0 {
                if ended == id { return Self.ending(status) }
            }
            guard let told = signals.next(), told.number != SIGCHLD else { continue }
            requested.insert(told.number)
            // A terminal tells the whole group, and the child has heard it already.
            if !told.isFromTerminal { kill(id, told.number) }
        }
    }

    private static func spawn(_ command: [String]) throws(SuperviseError) -> pid_t {
        // What this process handles the new one does not, and it must not begin with what this thread happens to block.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let error = posix_spawnp(&child, command[0], nil, &attributes, &arguments, environ)
        guard error == 0 else { throw SuperviseError(program: command[0], code: error) }
        return child
    }

    /// What `waitpid` says, which C reads by macros.
    private static func ending(_ status: Int32) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }
}

/// A program that cannot be started.
struct SuperviseError: Error, CustomStringConvertible {
    let program: String
    let code: Int32

    /// What shells exit with: 127 for what is not there, 126 for what cannot be run.
    var exitCode: Int32 { code == ENOENT ? 127 : 126 }

    var description: String {
        "cannot start \(program): \(String(cString: strerror(code))); check its path and that it may be executed"
    }
}
