// A supervised program: how it ends, and what is made of that.

import Flycatcher
import Testing

@testable import FlycatcherCLI

@Suite(.serialized) struct SuperviseTests {
    @Test func `the end of a program is told as it was`() throws {
        var exiting = try SupervisedProcess(["sh", "-c", "exit 7"])
        #expect(exiting.wait() == .exited(7))

        var killed = try SupervisedProcess(["sh", "-c", "kill -9 $$"])
        #expect(killed.wait() == .killed(signal: 9))
        #expect(killed.requested.isEmpty)
    }

    @Test func `a signal reaches the program, whose end is then wanted`() throws {
        var process = try SupervisedProcess(["sh", "-c", "kill -TERM $PPID; sleep 60 & wait"])

        #expect(process.wait() == .killed(signal: 15))
        #expect(process.requested == [15])
    }

    @Test func `a program that is not there has the exit code that shells give it`() {
        let error = #expect(throws: SuperviseError.self) { try SupervisedProcess(["/nowhere/app"]) }

        #expect(error?.exitCode == 127)
        #expect(error?.description.contains("/nowhere/app") == true)
    }

    @Test(
        arguments: [("low 0\noom 3\noom_kill 2\n", 2), ("oom 3\n", nil), ("", nil), ("oom_kill x", nil)]
            as [(String, Int?)])
    func `the count of kills is read`(text: String, count: Int?) {
        #expect(MemoryShortage.killCount(in: text) == count)
    }

    @Test func `only a count that has grown tells of a kill for want of memory`() {
        let (none, two, three) = (
            MemoryShortage(killCount: nil), MemoryShortage(killCount: 2), MemoryShortage(killCount: 3)
        )

        #expect(three.hasKilled(since: two))
        #expect(!two.hasKilled(since: two) && !two.hasKilled(since: none) && !none.hasKilled(since: two))
    }

    @Test func `the report says what ended, by what, and why`() {
        let report = RunEndReport(
            program: "shop", processID: 7, signal: 9, lifetime: .seconds(90), isForWantOfMemory: true)

        let event = report.event

        #expect(event.level == .fatal)
        #expect(event.exceptions.first?.type == "SIGKILL")
        #expect(
            event.exceptions.first?.value == "shop was ended by SIGKILL: the system had no memory left for it"
        )
        #expect(event.exceptions.first?.mechanism?.isHandled == false)
        #expect(event.tags["ended.by"] == "out of memory")
    }
}
