// `flycatcher erase`: forgets a person.

import ArgumentParser
import FlycatcherServer
import Model
import Synchronization

/// Removes every event that is about a person or names them.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Removes all events that are about a person or name them.",
        discussion: """
            An e-mail or internet address is looked for in every text of every event, an id only as that of the user. The
            events go with their attachments; issues stay, with '[erased]' where they showed the person. Counts stay.
            Attachments of other events that hold the address go, too; archives and pictures are not looked into.
            A running server does the work, and goes on with it even if this command is stopped.
            Try it with --dry-run first: nothing brings the events back but a backup, which holds them still.
            """)

    @Option(help: "The id that the app gave the user.")
    var userId: String?

    @Option(help: "The person's e-mail address, in any case.")
    var email: String?

    @Option(help: "The person's internet address.")
    var ip: String?

    @Option(help: "Look in this project only, named by its slug.")
    var project: String?

    @Flag(help: "Only say what would be removed.")
    var dryRun = false

    @OptionGroup var options: DataOptions

    func validate() throws {
        guard [userId, email, ip].compactMap({ $0 }).count == 1 else {
            throw ValidationError("name one of --user-id, --email and --ip")
        }
        if trait == nil { throw ValidationError("'\(userId ?? email ?? ip ?? "")' is no such id or address") }
    }

    private var trait: PersonalTrait? {
        if let userId { return PersonalTrait(userID: userId) }
        if let email { return PersonalTrait(email: email) }
        return ip.flatMap { PersonalTrait(address: $0) }
    }

    func run() async throws {
        guard let trait else { return }
        let progress = ErasureProgress(isShown: !options.json)
        let receipt = try await Installation.erase(
            try options.settings(), trait, inProject: project, isTrial: dryRun, progress: progress.tell)
        if options.json { return try Output.json(ErasureLine(receipt, isTrial: dryRun)) }
        let verb = dryRun ? "would remove" : "removed"
        let tally = receipt.tally
        Output.line(
            "\(verb) \(tally.events) events, \(tally.records) feedbacks and parts of traces, "
                + "\(tally.attachments) attachments of other events, and \(tally.traces) remains that issues keep"
        )
        if !dryRun, !receipt.isCompacted {
            Output.line("  remains may linger in gaps of the database's pages: stop the server once and run")
            Output.line("  'flycatcher compact'")
        }
    }
}

/// Tells the person at the terminal how far it is, a line for each tenth of a step.
private final class ErasureProgress: Sendable {
    private let isShown: Bool
    private let last = Mutex("")

    init(isShown: Bool) {
        self.isShown = isShown
    }

    var tell: @Sendable (ErasureOrder) -> Void {
        { order in
            // What takes no time needs no line.
            guard self.isShown, order.place.percent < 100, order.place.row > 0 else { return }
            let line = "  \(order.place.step.words), \(order.place.percent / 10 * 10) %"
            let isNew = self.last.withLock { last in
                defer { last = line }
                return last != line
            }
            if isNew { Output.error(line) }
        }
    }
}

/// What was removed, in JSON.
private struct ErasureLine: Encodable {
    let events: Int
    let records: Int
    let attachments: Int
    let traces: Int
    let dryRun: Bool
    let compacted: Bool

    init(_ receipt: ErasureReceipt, isTrial: Bool) {
        events = receipt.tally.events
        records = receipt.tally.records
        attachments = receipt.tally.attachments
        traces = receipt.tally.traces
        dryRun = isTrial
        compacted = receipt.isCompacted
    }
}
