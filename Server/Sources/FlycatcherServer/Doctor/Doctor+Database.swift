// What the doctor says of the database.

import FlycatcherWire
import FoundationEssentials
import SQLiteStorage

extension Doctor {
    /// Everything about the database, as far as it can be read.
    func database(_ depth: Depth) -> [Finding] {
        let file = DatabaseFile(folder: configuration.dataFolder)
        guard FileManager.default.fileExists(atPath: file.path) else {
            return [
                .warning(
                    "database", "there is none in \(configuration.dataFolder)",
                    do: "run 'flycatcher serve', or 'flycatcher restore FILE'")
            ]
        }
        do {
            let report = try file.report(depth == .full ? .full : .quick)
            return [
                soundness(report, depth), schema(report), clock(report), log, emptiness(report), keys(report),
                accounts(report), jobs(report),
            ]
        } catch {
            return [.problem("database", "\(error)", do: Self.restore)]
        }
    }

    private static let restore =
        "stop the server, keep a copy of the data folder, and run 'flycatcher restore FILE --replace'"

    private func soundness(_ report: DatabaseReport, _ depth: Depth) -> Finding {
        guard report.faults.isEmpty else {
            return .problem(
                "database", "it is damaged: \(report.faults.prefix(3).joined(separator: "; "))",
                do: Self.restore)
        }
        let counts = report.counts
        let soundness = depth == .full ? "sound in full" : "sound; --full checks its indexes too"
        return .ok(
            "database",
            "\(counts.events) events of \(counts.issues) issues in \(report.byteCount >> 20) MB, \(soundness)"
        )
    }

    private func schema(_ report: DatabaseReport) -> Finding {
        if let unknown = report.unknownMigration {
            return .problem(
                "schema", "a newer version of flycatcher has written the database (it knows `\(unknown)`)",
                do: "run that version")
        }
        guard !report.missingMigrations.isEmpty else { return .ok("schema", "that of this version") }
        return .ok(
            "schema", "\(report.missingMigrations.count) steps behind; the next start of the server adds them"
        )
    }

    private func clock(_ report: DatabaseReport) -> Finding {
        let now = machine.now
        let advice = "set the clock, best by NTP: the moments of events and the expiry of sessions hang on it"
        guard now > Self.earliestMoment else {
            return .problem("clock", "it says \(now), which is before this version was made", do: advice)
        }
        if let last = report.lastReceivedAt, last.microseconds > now.microseconds + Self.allowedLead {
            return .problem("clock", "it says \(now), but an event came at \(last)", do: advice)
        }
        return .ok("clock", "\(now)")
    }

    /// 2026-01-01.
    private static let earliestMoment = Timestamp(microseconds: 1_767_225_600_000_000)
    /// Microseconds by which a clock may have been set back.
    private static let allowedLead: Int64 = 300 * 1_000_000

    private var log: Finding {
        let byteCount = machine.logByteCount
        let text = "the write-ahead log takes \(byteCount >> 20) MB"
        guard byteCount > Self.largeLog else { return .ok("log", text) }
        return .warning(
            "log", text,
            do:
                "something reads for very long and keeps it from being taken in: end that, or restart the server"
        )
    }

    /// It is cut to 64 MB whenever it has been taken in.
    private static let largeLog = 512 << 20

    private func emptiness(_ report: DatabaseReport) -> Finding {
        let text = "\(report.freeByteCount >> 20) MB of the database hold nothing"
        guard !report.givesSpaceBack else { return .ok("empty pages", text) }
        return .warning(
            "empty pages", "\(text), and this database, made by an early version, never gives any back",
            do: "stop the server once and run 'flycatcher compact'")
    }

    private func keys(_ report: DatabaseReport) -> Finding {
        guard report.counts.projects > 0 else {
            return .problem(
                "projects", "there is no project to send events to",
                do: "run 'flycatcher project create NAME'")
        }
        guard report.enabledKeyCount > 0 else {
            return .problem(
                "projects", "all client keys are disabled: every event is refused",
                do: "enable a key in the settings of a project")
        }
        return .ok("projects", "\(report.counts.projects) with \(report.enabledKeyCount) enabled keys")
    }

    private func accounts(_ report: DatabaseReport) -> Finding {
        guard report.passwordCount > 0 else {
            return .warning(
                "accounts", "nobody has set a password yet",
                do:
                    "open the sign-in link that 'flycatcher serve' prints, or run 'flycatcher user create EMAIL'"
            )
        }
        return .ok("accounts", "\(report.passwordCount) users have a password")
    }

    private func jobs(_ report: DatabaseReport) -> Finding {
        let text = "\(report.pendingJobCount) pieces of work wait"
        guard report.pendingJobCount > Self.manyJobs, !machine.isServed else { return .ok("jobs", text) }
        return .warning("jobs", text, do: "run 'flycatcher serve', which works them off")
    }

    private static let manyJobs = 1000
}
