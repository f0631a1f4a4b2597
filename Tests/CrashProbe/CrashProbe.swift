// A program that dies in the way it is told to, for the tests of what is told of its death.

import Flycatcher
import Foundation

/// `CrashProbe WAY`, with a DSN in the environment, and in `FLYCATCHER_STATE_DIR` a folder for what must outlive it.
///
/// The tests find the line of a death by the comment `// dies: WAY` behind it.
@main
enum CrashProbe {
    static func main() throws {
        let name = CommandLine.arguments.dropFirst().first ?? ""
        guard let way = Way.all[name] else {
            let names = Way.all.keys.sorted().joined(separator: "|")
            FileHandle.standardError.write(Data("CrashProbe \(names)\n".utf8))
            exit(64)
        }
        start()
        Keeper.start(count: 3)
        Flycatcher.setTag("tenant", to: "acme")
        Flycatcher.setUser(.init(id: "u-9", username: "ada"))
        Flycatcher.addBreadcrumb("opened the order", category: "shop")
        Flycatcher.addBreadcrumb("about to die of \(name)", category: "probe")
        try way()
    }

    private static func start() {
        Flycatcher.start {
            $0.release = "probe@1.2.3"
            $0.environment = "matrix"
            $0.sessionMode = .application
            $0.onCrashedLastRun = { event in
                FileHandle.standardOutput.write(Data("crashed last run: \(event.id)\n".utf8))
            }
        }
    }
}
