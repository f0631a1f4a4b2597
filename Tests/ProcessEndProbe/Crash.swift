// Ends that are no good ones, and the runs after them.

import Flycatcher
import Foundation

/// Crashes, with something to be told of on the way.
enum Crash {
    static func happen(_ task: String) {
        Flycatcher.setTag("tenant", to: "acme")
        Flycatcher.setUser(Flycatcher.User(id: "u-9"))
        Flycatcher.addBreadcrumb("opened the order", category: "shop")
        Flycatcher.addBreadcrumb("about to \(task)")
        switch task {
        case "trap": unwrap(nil)
        case "kill": kill(getpid(), SIGKILL)
        case "terminate": kill(getpid(), SIGTERM)
        case "request": inOneOfTwoRequests()
        case "fork": inAChild()
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

    /// What a child does is not the run's.
    private static func inAChild() {
        var child = pid_t()
        var status: Int32 = 0
        let arguments = [strdup("false"), nil]
        posix_spawnp(&child, "false", nil, nil, arguments, environ)
        waitpid(child, &status, 0)
    }
}
