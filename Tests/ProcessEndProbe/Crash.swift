// Ends that are no good ones, and the runs after them.

import CFlycatcher
import Flycatcher
import Foundation

/// Crashes, with something to be told of on the way.
enum Crash {
    /// Has the SDK do without parts of the runtime, or of the system, that a variable names.
    static func withholdParts() {
        let parts = ProcessInfo.processInfo.environment["PROBE_WITHOUT"].flatMap { UInt32($0) }
        if let parts { flycatcher_withhold(parts) }
    }

    static func configure(_ options: inout Flycatcher.Options, _ task: String) {
        if task.hasPrefix("run ") { options.sessionMode = .application }
        if task == "hooked" { options.beforeSend = { event, _ in event } }
        options.onCrashedLastRun = { event in
            print("the last run crashed: \(event.id) \(event.tags)")
        }
    }

    static func happen(_ task: String) {
        Flycatcher.setTag("tenant", to: "acme")
        Flycatcher.setUser(Flycatcher.User(id: "u-9"))
        Flycatcher.addBreadcrumb("opened the order", category: "shop")
        Flycatcher.addBreadcrumb("about to \(task)")
        switch task {
        case "trap": unwrap(nil)
        case "hooked", "run trap": unwrap(nil)
        case "request session": Flycatcher.withSession { _ in unwrap(nil) }
        case "kill", "run kill": kill(getpid(), SIGKILL)
        case "leave": _exit(0)
        case "terminate": kill(getpid(), SIGTERM)
        case "request": inOneOfTwoRequests()
        case "child": dieAfterAChild()
        case "again": startAgain()
        case "wait": Flycatcher.flush(timeout: .seconds(20))
        default: exit(64)
        }
        print("crashed last run: \(String(describing: Flycatcher.crashedLastRun))")
    }

    @inline(never) private static func unwrap(_ value: Int?) {
        // swift-format-ignore: NeverForceUnwrap
        print(value!)
    }

    /// Lets signals through that whoever runs the tests may have blocked or ignored for all below.
    static func admitSignals() {
        signal(SIGTERM, SIG_DFL)
        var signals = sigset_t()
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Two requests under way, of which the one that crashes is not the one that said something last.
    private static func inOneOfTwoRequests() {
        let group = DispatchGroup()
        group.enter()
        Task {
            await Flycatcher.withIsolationScope { scope in
                scope.setTag("order", to: "1")
                Flycatcher.addBreadcrumb("in the request that crashes")
                await Task.detached {
                    await Flycatcher.withIsolationScope { scope in
                        scope.setTag("order", to: "2")
                        Flycatcher.addBreadcrumb("in the other request")
                        await Task.yield()
                    }
                }.value
                await Task.yield()
                unwrap(nil)
            }
        }
        group.wait()
    }

    /// A child ends well; its parent does not.
    private static func dieAfterAChild() {
        let child = ProcessEndProbe.forkProcess()
        if child == 0 { exit(0) }
        waitpid(child, nil, 0)
        kill(getpid(), SIGKILL)
    }

    private static func startAgain() {
        Flycatcher.start { $0.dsn = CommandLine.arguments[2] }
        Flycatcher.addBreadcrumb("started again")
        unwrap(nil)
    }
}
