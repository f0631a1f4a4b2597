// Writes the server's figures in the text format of Prometheus.

import Ingest
import Model

/// The figures as Prometheus reads them.
struct MetricsText: CustomStringConvertible {
    private(set) var description = ""

    /// - Parameter totals: what the store holds; nil when it does not answer, and then those figures are left out.
    init(
        _ figures: ServerMetrics.Figures, retention: RetentionStatus.Figures, process: ProcessFigures,
        totals: StoreTotals?
    ) {
        add(
            "flycatcher_build_info", .gauge, "The version that runs.",
            [([("version", FlycatcherVersion.current)], "1")])
        addIngest(figures)
        addSampled(figures)
        addPipeline(figures)
        add(retention)
        if let totals { add(totals) }
        add(process)
    }

    typealias Labels = [(name: String, value: String)]

    enum Kind: String {
        case counter
        case gauge
        case histogram
        case summary
    }

    private mutating func addIngest(_ figures: ServerMetrics.Figures) {
        add(
            "flycatcher_ingest_requests_total", .counter, "Ingest requests by the status of their answer.",
            figures.requestsByStatus.sorted { $0.key < $1.key }.map {
                ([("status", "\($0.key)")], "\($0.value)")
            })
        add(figures.requestSeconds, "flycatcher_ingest_request_seconds", "How long ingest requests took.")
        add(
            "flycatcher_ingest_received_bytes_total", .counter, "Bytes of ingest bodies as they came.",
            [([], "\(figures.receivedBytes)")])
        add(
            "flycatcher_events_stored_total", .counter, "Events that were stored.",
            [([], "\(figures.stored)")])
        add(
            "flycatcher_events_duplicate_total", .counter, "Events that were there already.",
            [([], "\(figures.duplicates)")])
    }

    private mutating func addSampled(_ figures: ServerMetrics.Figures) {
        add(
            "flycatcher_events_unkept_total", .counter, "Events that were counted and not kept whole.",
            [([], "\(figures.unkept)")])
    }

    private mutating func addPipeline(_ figures: ServerMetrics.Figures) {
        add(
            "flycatcher_drops_total", .counter, "What was refused or not kept, by reason.",
            figures.drops.sorted { $0.key < $1.key }.map { ([("reason", $0.key)], "\($0.value)") })
        head("flycatcher_pipeline_step_seconds", .summary, "How long the steps of the pipeline took.")
        for (name, span) in zip(EventPipeline.stepNames, figures.steps) {
            line("flycatcher_pipeline_step_seconds_sum", [("step", name)], Self.seconds(span.nanoseconds))
            line("flycatcher_pipeline_step_seconds_count", [("step", name)], "\(span.count)")
        }
    }

    private mutating func add(_ retention: RetentionStatus.Figures) {
        add(
            "flycatcher_retention_removed_events_total", .counter,
            "Events that were removed for their age or their number.",
            [
                ([("reason", "age")], "\(retention.agedEvents)"),
                ([("reason", "size")], "\(retention.crowdedEvents)"),
            ])
        add(
            "flycatcher_retention_removed_attachments_total", .counter,
            "Attachments that were removed for their age or their size, their events staying.",
            [
                ([("reason", "age")], "\(retention.agedAttachments)"),
                ([("reason", "size")], "\(retention.crowdedAttachments)"),
            ])
        add(
            "flycatcher_retention_working", .gauge, "Whether events are being removed now.",
            [([], retention.isWorking ? "1" : "0")])
        add(
            "flycatcher_retention_over_budget", .gauge,
            "Projects, or all together, that take more than they may although nothing is left that may go.",
            [([], "\(retention.overBudget.count)")])
    }

    private mutating func add(_ totals: StoreTotals) {
        add("flycatcher_store_events", .gauge, "Events in the database.", [([], "\(totals.events)")])
        add("flycatcher_store_issues", .gauge, "Issues in the database.", [([], "\(totals.issues)")])
        add("flycatcher_store_projects", .gauge, "Projects in the database.", [([], "\(totals.projects)")])
        add(
            "flycatcher_store_disk_bytes", .gauge, "What the database takes on disk.",
            [([], "\(totals.diskBytes)")])
    }

    private mutating func add(_ process: ProcessFigures) {
        add(
            "process_cpu_seconds_total", .counter, "Processor time used.",
            [([], Self.seconds(process.cpuNanoseconds))])
        if let bytes = process.residentBytes {
            add("process_resident_memory_bytes", .gauge, "Memory in use.", [([], "\(bytes)")])
        }
        if let count = process.openFileCount {
            add("process_open_fds", .gauge, "Open files and connections.", [([], "\(count)")])
        }
    }

    mutating func add(_ spread: Spread, _ name: String, _ help: String) {
        head(name, .histogram, help)
        var sum = 0
        for (bound, count) in zip(spread.bounds, spread.buckets) {
            sum += count
            line("\(name)_bucket", [("le", Self.number(bound))], "\(sum)")
        }
        line("\(name)_bucket", [("le", "+Inf")], "\(spread.count)")
        line("\(name)_sum", [], "\(spread.sum)")
        line("\(name)_count", [], "\(spread.count)")
    }

    /// A whole number without its zero behind the point.
    private static func number(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    private mutating func add(_ histogram: Histogram, _ name: String, _ help: String) {
        head(name, .histogram, help)
        var sum = 0
        for (bound, count) in zip(Histogram.bounds, histogram.buckets) {
            sum += count
            line("\(name)_bucket", [("le", bound.seconds)], "\(sum)")
        }
        line("\(name)_bucket", [("le", "+Inf")], "\(histogram.count)")
        line("\(name)_sum", [], Self.seconds(histogram.nanoseconds))
        line("\(name)_count", [], "\(histogram.count)")
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(Labels, String)]) {
        head(name, kind, help)
        for (labels, value) in samples { line(name, labels, value) }
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        description += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: String) {
        let texts = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        description += name + (texts.isEmpty ? "" : "{\(texts.joined(separator: ","))}") + " \(value)\n"
    }

    private static func escaped(_ value: String) -> String {
        String(value.flatMap { $0 == "\\" || $0 == "\"" ? "\\\($0)" : $0.isNewline ? "\\n" : "\($0)" })
    }

    private static func seconds(_ nanoseconds: UInt64) -> String {
        "\(Double(nanoseconds) / 1_000_000_000)"
    }
}
