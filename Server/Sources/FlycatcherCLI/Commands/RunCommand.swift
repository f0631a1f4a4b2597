// `flycatcher run`: runs a program and reports when it is killed.

import ArgumentParser
@_spi(Supervision) import Flycatcher
import FlycatcherWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs a program, passes signals on to it, and reports an end that the program could not report itself.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a program and reports when it is killed.",
        usage: "flycatcher run [--dsn <dsn>] -- <program> [<argument> ...]",
        discussion: """
            Signals are passed on, and it ends as the program ends. Without a DSN the program runs all the same.
            A program with the SDK reports its crashes itself; what it could not tell, for want of memory for example, is \
            told from the file of its run, with its last breadcrumbs, as soon as it is gone.
            """)

    @Option(help: "Where to report (default: SENTRY_DSN).", transform: OptionText.dsn)
    var dsn: DSN?

    @Argument(parsing: .postTerminator, help: "The program and its arguments, behind two dashes.")
    var command: [String] = []

    func validate() throws {
        guard !program.isEmpty else {
            throw ValidationError("name the program to run: flycatcher run -- ./app")
        }
    }

    private var program: String { command.first.map { String($0.split(separator: "/").last ?? "") } ?? "" }

    func run() throws {
        let shortage = MemoryShortage.now()
        let clock = ContinuousClock()
        let start = clock.now
        var process: SupervisedProcess
        do {
            process = try SupervisedProcess(command)
        } catch {
            Output.error("Error: \(error)")
            leave(error.exitCode)
        }
        switch process.wait() {
        case .exited(let code): leave(code)
        case .killed(let signal):
            if !process.requested.contains(signal) {
                report(
                    RunEndReport(
                        program: program, processID: process.id, signal: signal,
                        lifetime: clock.now - start,
                        isForWantOfMemory: signal == SIGKILL
                            && MemoryShortage.now().hasKilled(since: shortage)))
            }
            end(by: signal)
        }
    }

    /// The program's own record says more than its supervisor knows.
    private func report(_ end: RunEndReport) {
        Flycatcher.start {
            if let dsn { $0.dsn = dsn.description }
            $0.enableCrashHandler = false
            $0.recordThrows = false
        }
        guard Flycatcher.isEnabled else {
            return Output.error(
                "\(end.program) was ended by \(RunEndReport.name(of: end.signal)); without a DSN that is not reported"
            )
        }
        if !Flycatcher.reportRuns(of: end.program, lifetime: end.lifetime) {
            Flycatcher.capture(event: end.event)
        }
        if !Flycatcher.close(timeout: .seconds(5)) {
            Output.error("the end of \(end.program) could not be reported: its server does not answer")
        }
    }

    /// Ends as the program did, so that whoever waits sees the same.
    ///
    /// The first process of a container cannot be ended so.
    private func end(by number: Int32) -> Never {
        // The core of the program is there; that of its supervisor would hide it.
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(coreSize, &limit)
        SignalQueue.letThrough(number)
        raise(number)
        leave(128 + number)
    }
}

#if canImport(Glibc)
    private let coreSize = __rlimit_resource_t(RLIMIT_CORE.rawValue)
#else
    private let coreSize = RLIMIT_CORE
#endif

/// Outside the type, whose own `exit` would hide the system's.
private func leave(_ code: Int32) -> Never {
    exit(code)
}
