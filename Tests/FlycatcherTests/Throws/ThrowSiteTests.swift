// Where reports say that errors were thrown, shown by a program that throws in every way there is.

import CFlycatcher
import Foundation
import Testing

@Suite struct ThrowSiteTests {
    @Test(arguments: try ThrowProbe.sites())
    func `a report shows where its error was thrown, whichever way it came`(site: ThrowProbe.Site) {
        #expect(site.functions.last == site.expected.last)
        #expect(site.functions.filter(site.expected.contains) == site.expected)
        #expect(site.isSnapshot == site.expectsSnapshot)
        #expect(site.isApproximate == site.expectsApproximate)
        if let count = site.expectedRethrowCount { #expect(site.rethrowCount == count) }
    }

    @Test
    func `a cause shows where it was thrown itself, and functions that await stand before those that run`()
        throws
    {
        let sites = try ThrowProbe.sites("without", "0", "with a cause", "async")
        let wrapped = try #require(sites.first { $0.name == "with a cause" })
        let async = try #require(sites.first { $0.name == "async" })

        #expect(
            wrapped.causes.map { $0.suffix(4) } == [
                ["wrapping(_:)", "outer(_:)", "middle(_:)", "thrower(_:)"]
            ])
        #expect(async.awaiting.suffix(2) == ["asyncOuter(_:)", "asyncMiddle(_:)"])
    }

    /// What is still known of some ways when the runtime lacks a part.
    struct Lack: Sendable, CustomTestStringConvertible {
        let part: flycatcher_part
        let complaint: String
        var snapshots: Set<String> = []
        var approximate: Set<String> = ["concrete", "typed"]
        var unreported: Set<String> = []
        var awaits = true

        var testDescription: String { complaint }

        static let ways = ["caught", "thrown on", "concrete", "typed", "last thrown", "async"]
        static let all = [
            Lack(
                part: flycatcher_part_throws, complaint: "a hook for throws",
                snapshots: ["caught", "thrown on", "concrete", "typed", "async"], approximate: [],
                unreported: ["last thrown"]),
            Lack(part: flycatcher_part_typed_throws, complaint: "a hook for typed throws"),
            Lack(
                part: flycatcher_part_unowned_references, complaint: "unowned references",
                approximate: ["caught", "thrown on", "concrete", "typed", "async"],
                unreported: ["last thrown"]),
            Lack(
                part: flycatcher_part_error_values, complaint: "the values of errors",
                snapshots: ["concrete", "typed"], approximate: []),
            Lack(
                part: flycatcher_part_living_errors, complaint: "the age of errors",
                unreported: ["last thrown"]),
            Lack(part: flycatcher_part_awaiting_functions, complaint: "the place of tasks", awaits: false),
            Lack(part: flycatcher_part_tasks, complaint: "the current task", awaits: false),
        ]
    }

    @Test(arguments: Lack.all)
    func `what the runtime lacks costs what needs it and no more, and is said once`(lack: Lack) throws {
        let run = try ThrowProbe.run(["without", "\(lack.part.rawValue)"] + Lack.ways)
        let sites = try ThrowProbe.sites(in: run.output)

        #expect(sites.map(\.name) == Lack.ways.filter { way in sites.contains { $0.name == way } })
        #expect(Set(sites.filter { $0.type == nil }.map(\.name)) == lack.unreported)
        #expect(Set(sites.filter(\.isSnapshot).map(\.name)) == lack.snapshots)
        #expect(Set(sites.filter(\.isApproximate).map(\.name)) == lack.approximate)
        for site in sites where site.type != nil && !site.isSnapshot {
            #expect(site.functions.last == site.expected.last)
        }
        #expect(
            sites.contains { $0.awaiting.last == "asyncMiddle(_:)" }
                == (lack.awaits && !lack.snapshots.contains("async")))
        #expect(run.errors.components(separatedBy: "this runtime lacks \(lack.complaint)").count == 2)
    }

    @Test
    func `throws are recorded again when someone took the hook, once, and not when calls are passed on`()
        throws
    {
        let run = try ThrowProbe.run(["silenced"])

        #expect(
            run.output.split(separator: "\n") == [
                "before true true", "taken false true true", "taken again false false",
                "passed on true true true",
            ])
    }

    @Test func `a million throws leave nothing behind`() throws {
        let run = try ThrowProbe.run(["leak"])

        let kilobytes = try #require(Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kilobytes < 2048)
    }

    @Test func `threads that throw at once do no harm`() throws {
        try expectDone("race")
    }

    @Test func `forks amid throws do no harm`() throws {
        try expectDone("fork")
    }

    private func expectDone(_ task: String) throws {
        let run = try ThrowProbe.run([task])

        #expect(run.output == "done\n")
        #expect(run.status == 0)
    }
}
