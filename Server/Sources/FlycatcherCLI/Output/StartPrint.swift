// How `serve` says that it is ready.

import FlycatcherServer
import FlycatcherWire

/// The start of the server, for people or for machines.
struct StartPrint {
    private let report: StartReport

    init(_ report: StartReport) {
        self.report = report
    }

    func print(asJSON isJSON: Bool) throws {
        if isJSON { return try Output.json(StartLine(report)) }
        Output.line(text)
    }

    private var text: String {
        var lines = ["Flycatcher \(FlycatcherVersion.current) is ready at \(report.address)/"]
        lines.append("  data     \(report.dataFolder)")
        if let project = report.projects.first, let dsn = project.dsn {
            lines.append("  DSN      \(dsn.publicText)   (project \(project.name))")
        }
        if let link = report.signInLink {
            lines.append("  sign in  \(link)   (works once, within 24 hours)")
        }
        return lines.joined(separator: "\n")
    }
}

/// The same as JSON.
private struct StartLine: Encodable {
    let address: String
    let dataFolder: String
    let version = FlycatcherVersion.current
    let dsn: String?
    let projects: [ProjectLine]
    let signInLink: String?

    init(_ report: StartReport) {
        address = report.address.description
        dataFolder = report.dataFolder
        dsn = report.projects.first?.dsn?.publicText
        projects = report.projects.map(ProjectLine.init)
        signInLink = report.signInLink
    }
}
