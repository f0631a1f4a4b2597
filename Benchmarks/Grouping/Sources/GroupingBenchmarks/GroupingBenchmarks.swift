// Groups events of several languages and parameterises hostile messages, and says what each costs.

import FlycatcherWire
import Foundation
import Ingest
import Model

/// Prints an object a line: what was grouped, the processor time of the steps `rules` and `group`, and the budget.
@main
enum GroupingBenchmarks {
    static func main() {
        // A name on the command line measures only that, over and over, for a profiler to watch.
        let wanted = CommandLine.arguments.dropFirst().first
        for sample in Sample.all where wanted.map({ $0 == sample.name }) ?? true {
            let rounds = wanted == nil ? 2_000 : 40_000
            print(Measurement(of: sample, rounds: rounds).json)
        }
    }
}

/// What one sample costs, nanoseconds.
struct Measurement {
    let sample: Sample
    let quietest: UInt64
    let median: UInt64

    init(of sample: Sample, rounds: Int) {
        self.sample = sample
        let pipeline = EventPipeline(clock: processorTime, pack: { _ in [] })
        let steps = EventPipeline.stepNames.indices.filter {
            ["rules", "group"].contains(EventPipeline.stepNames[$0])
        }
        let arrival = Arrival(
            project: .init(1), key: 1, receivedAt: Timestamp(microseconds: 1_772_359_200_000_000),
            endpoint: .envelope)
        var times = (0..<rounds).map { _ in
            let spent = pipeline.process(sample.json, arrival).stepNanoseconds
            return steps.reduce(0) { $0 + (spent.indices.contains($1) ? spent[$1] : 0) }
        }
        times.sort()
        quietest = times.first ?? 0
        median = times[times.count / 2]
    }

    var json: String {
        let budget = sample.budget.map { ",\"budget_ns\":\($0)" } ?? ""
        return """
            {"name":"\(sample.name)","bytes":\(sample.json.count),"quietest_ns":\(quietest),"median_ns":\(median)\(budget)}
            """
    }
}

/// Nanoseconds that this thread has had the processor, so that what else runs disturbs little.
@Sendable private func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
