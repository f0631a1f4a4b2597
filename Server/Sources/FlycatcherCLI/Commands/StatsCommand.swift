// `flycatcher stats`: what an installation holds.

import ArgumentParser
import FlycatcherServer
import Model

/// Prints what is stored, and what became of everything that was sent.
struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Counts stored events and issues, and outcomes by reason.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let figures = try await options.withInstallation { try await $0.figures() }
        if options.json { return try Output.json(FiguresLine(figures)) }
        let totals = figures.totals
        Output.line("\(totals.events) events of \(totals.issues) issues in \(totals.projects) projects")
        Output.line("\(totals.diskBytes / 1024) KB on disk")
        guard !figures.outcomes.isEmpty else { return }
        let rows = figures.outcomes.map { outcome, quantity in
            [outcome.kind.rawValue, outcome.category, outcome.reason, String(quantity)]
        }
        Output.line(
            "\n" + Table(columns: ["OUTCOME", "CATEGORY", "REASON", "QUANTITY"], rows: rows).description)
    }
}

/// The figures in JSON.
private struct FiguresLine: Encodable {
    struct OutcomeLine: Encodable {
        let outcome: String
        let category: String
        let reason: String
        let quantity: Int64
    }

    let events: Int64
    let issues: Int64
    let projects: Int64
    let diskBytes: Int64
    let outcomes: [OutcomeLine]

    init(_ figures: Figures) {
        events = figures.totals.events
        issues = figures.totals.issues
        projects = figures.totals.projects
        diskBytes = figures.totals.diskBytes
        outcomes = figures.outcomes.map { outcome, quantity in
            OutcomeLine(
                outcome: outcome.kind.rawValue, category: outcome.category, reason: outcome.reason,
                quantity: quantity)
        }
    }
}
