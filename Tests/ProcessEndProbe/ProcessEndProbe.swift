// A program that ends in the way it is told to, for the tests of what becomes of its events.

import Flycatcher
import Foundation

@main
enum ProcessEndProbe {
    static func main() {
        let (task, dsn) = (CommandLine.arguments[1], CommandLine.arguments[2])
        Crash.admitSignals()
        Crash.withholdParts()
        Flycatcher.start {
            $0.dsn = dsn
            $0.attachStacktrace = task == "exit"
            $0.shutdownTimeout = .seconds(5)
            Crash.configure(&$0, task)
            if task == "replay" { $0.cacheDirectory = CommandLine.arguments.last }
        }
        switch task {
        case "exit": endNormally()
        case "fork": splitInTwo()
        case "exec": turnIntoAnother()
        case "replay": waitForDisk()
        case "storm": storm()
        default: Crash.happen(task)
        }
    }

    private static func endNormally() {
        for number in 0..<20 { Flycatcher.capture(message: "\(number)") }
        exit(3)
    }

    /// The child captures, flushes and exits; the parent does so after it.
    private static func splitInTwo() {
        Flycatcher.capture(message: "before the fork")
        let child = forkProcess()
        if child == 0 {
            let id = Flycatcher.capture(message: "in the child")
            let isQuick =
                Flycatcher.flush(timeout: .seconds(3600)) && Flycatcher.close(timeout: .seconds(3600))
            exit(isQuick && "\(id)".allSatisfy { $0 == "0" } ? 0 : 1)
        }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        Flycatcher.capture(message: "after the fork")
        exit(status == 0 && Flycatcher.close(timeout: .seconds(10)) ? 0 : 1)
    }

    private static func turnIntoAnother() {
        Flycatcher.capture(message: "before")
        Flycatcher.flush(timeout: .seconds(10))
        let arguments = [strdup("true"), nil]
        execvp("true", arguments)
        exit(1)
    }

    /// Ends when nothing waits on disk, be it that another process has sent it.
    private static func waitForDisk() {
        let folder = CommandLine.arguments.last ?? ""
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
            if !paths.contains(where: { $0.hasSuffix(".envelope") }) { exit(0) }
            usleep(10_000)
        }
        exit(1)
    }

    private static func storm() {
        for number in 0..<1000 { Flycatcher.capture(message: "warm \(number)") }
        Flycatcher.flush(timeout: .seconds(60))
        let before = residentKilobytes
        for number in 0..<100_000 { Flycatcher.capture(message: "storm \(number)") }
        Flycatcher.flush(timeout: .seconds(60))
        let grown = residentKilobytes - before
        FileHandle.standardError.write(Data("grown by \(grown) KB\n".utf8))
        exit(grown < 64 * 1024 ? 0 : 1)
    }

    private static var residentKilobytes: Int {
        // Only Linux tells it in a file; elsewhere the bound is not looked at.
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }

    /// Swift hides `fork`, rightly; here it is what is tested.
    static func forkProcess() -> pid_t {
        typealias Fork = @convention(c) () -> pid_t
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "fork") else { return -1 }
        return unsafeBitCast(symbol, to: Fork.self)()
    }
}
