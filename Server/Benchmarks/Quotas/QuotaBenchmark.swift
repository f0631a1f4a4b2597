// Asks quotas over and over whether an event may come in, from one thread and from several.

import FlycatcherServer
import FlycatcherWire
import Foundation
import Model
import SQLiteStorage

/// Prints an object a line: what was asked, by how many threads, and how long an answer took.
///
///     QuotaBenchmark FOLDER
@main
enum QuotaBenchmark {
    /// How many answers a thread waits for.
    private static let count = 200_000
    /// How often each question is asked; the quietest time is told.
    private static let rounds = 3

    static func main() async throws {
        guard let folder = CommandLine.arguments.dropFirst().first else {
            fatalError("usage: QuotaBenchmark FOLDER")
        }
        let store = try SQLiteStore.open(folder: folder)
        var senders: [(project: Project, key: ProjectKey)] = []
        let moment = Timestamp(microseconds: 1_772_359_200_000_000)
        for number in 0..<2 {
            senders.append(try await store.createProject(ProjectDraft(name: "\(number)"), at: moment))
        }
        let ample = KeyLimit(count: KeyLimit.maximumCount, windowSeconds: 60)
        let one = QuotaPlan(burst: ample)
        let all = QuotaPlan(
            burst: ample, project: ample, installation: ample, spikes: KeyLimit.maximumCount)
        for (name, plan, limit) in [
            ("one quota, as shipped", one, nil), ("all five kinds", all, ample),
            ("all five kinds, one refuses", all, KeyLimit(count: 0, windowSeconds: 60)),
        ] {
            let entries = senders.map { sender in
                var key = sender.key
                key.limit = limit
                return ProjectEntry(project: sender.project, key: key)
            }
            let book = QuotaBook(plan, store: store)
            book.setAllowances([:], of: entries)
            await book.foresee()
            for threads in [1, 2] {
                let quietest = (0..<rounds).map { _ in time(threads, book, entries) }.min() ?? 0
                let nanoseconds = Double(quietest) / Double(count)
                print(#"{"question":"\#(name)","threads":\#(threads),"ns":\#(nanoseconds)}"#)
            }
        }
        try await store.close()
    }

    /// How long it takes until each of some threads, with a project of its own, has all its answers.
    private static func time(_ threads: Int, _ book: QuotaBook, _ entries: [ProjectEntry]) -> UInt64 {
        let ended = DispatchSemaphore(value: 0)
        let begin = DispatchTime.now().uptimeNanoseconds
        for entry in entries.prefix(threads) {
            Thread.detachNewThread {
                for _ in 0..<count { _ = book.admit("error", from: entry) }
                ended.signal()
            }
        }
        for _ in 0..<threads { ended.wait() }
        return DispatchTime.now().uptimeNanoseconds - begin
    }
}
