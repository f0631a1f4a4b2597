// Records events into one database and says, at some counts, what the next ones cost.

import FlycatcherWire
import Foundation
import Model
import SQLiteStorage

/// Prints an object a line: how many events there are, and what recording and reading costs then.
///
///     GrowthBenchmark FOLDER ISSUES COUNT…
@main
enum GrowthBenchmark {
    /// How many events are measured at each count.
    private static let sampleCount = 20_000

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        guard let folder = arguments.first, let issueCount = numbers.first, numbers.count > 1 else {
            fatalError("usage: GrowthBenchmark FOLDER ISSUES COUNT…")
        }
        let counts = numbers.dropFirst().sorted()
        let store = try SQLiteStore.open(folder: folder, options: StoreOptions(role: .server))
        var projects: [ProjectID] = []
        for name in ["shop", "billing", "search", "mail"] {
            let moment = Timestamp(microseconds: 1_772_359_200_000_000)
            projects.append(try await store.createProject(ProjectDraft(name: name), at: moment).0.id)
        }
        let load = Load(projects, issueCount: issueCount)
        let making = processorTime { for number in 0..<sampleCount { _ = load.event(number) } }
        var done = 0
        for count in counts {
            try await record(done..<count, of: load, in: store)
            var begin = processorTime()
            try await record(count..<count + sampleCount, of: load, in: store)
            let recording = processorTime() - begin - making
            done = count + sampleCount
            begin = wallTime()
            for _ in 0..<20 { _ = try await store.issues(IssueQuery()) }
            let listing = (wallTime() - begin) / 20
            let totals = try await store.totals()
            say(
                """
                {"events":\(totals.events),"issues":\(totals.issues),"bytes":\(totals.diskBytes),\
                "record_ns":\(recording / UInt64(sampleCount)),"list_ns":\(listing)}
                """)
        }
        try await store.close()
    }

    /// Prints a line at once, since the next one may take an hour.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    /// Records these events, 256 at a time.
    private static func record(_ numbers: Range<Int>, of load: Load, in store: SQLiteStore) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<256 {
                group.addTask {
                    for number in stride(from: numbers.lowerBound + lane, to: numbers.upperBound, by: 256) {
                        _ = try await store.record(load.event(number))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Events as many apps send them: as often as each other come the first ten issues, the next ninety, the next nine hundred.
struct Load: Sendable {
    private let issueCount: Double
    private let projects: [ProjectID]
    /// What cannot be packed any further, of which bodies are cut.
    private let noise = (0..<(1 << 20)).map { _ in UInt8.random(in: .min ... .max) }

    init(_ projects: [ProjectID], issueCount: Int) {
        self.projects = projects
        self.issueCount = Double(issueCount)
    }

    /// The event of this number, half a second after the one before.
    func event(_ number: Int) -> GroupedEvent {
        let issue = Int(pow(issueCount, Double.random(in: 0..<1)))
        let moment = Timestamp(microseconds: 1_772_359_200_000_000 + Int64(number) * 500_000)
        let start = Int.random(in: 0..<noise.count - 4096)
        let release = "shop@1.\(number / 250_000).0"
        return GroupedEvent(
            id: EventID(), project: projects[issue % projects.count], key: 1, type: .error, timestamp: moment,
            receivedAt: moment, level: .error, platform: "python",
            facts: EventFacts(
                type: "LookupError", value: "SKU-\(issue) is not there",
                culprit: "shop.services.stock in reserve",
                location: "shop/services/stock.py in reserve", isHandled: false, environment: "production",
                release: release),
            tags: [
                Tag("level", "error"), Tag("environment", "production"), Tag("release", release),
                Tag("server_name", "web-\(Int.random(in: 0..<40))"), Tag("handled", "no"),
                Tag("browser", ["Firefox", "Chrome", "Safari"][Int.random(in: 0..<3)]),
                Tag("url", "https://shop.example/p/\(Int.random(in: 0..<2_000))"),
                Tag("tenant", "\(Int.random(in: 0..<300))"),
            ],
            user: UserDigest(UInt64.random(in: 0..<500_000)),
            hashes: [GroupingHash(UInt128(issue) << 64 | 17)],
            earlierHashes: [], body: Array(noise[start..<start + 3_200]), bodySize: 15_000)
    }
}

/// Nanoseconds that all threads of this process have had the processor.
private func processorTime() -> UInt64 { nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) }

private func processorTime(of body: () -> Void) -> UInt64 {
    let begin = processorTime()
    body()
    return processorTime() - begin
}

private func wallTime() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

private func nanoseconds(of clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
