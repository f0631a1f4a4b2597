// `flycatcher doctor`: looks the installation over.

import ArgumentParser
import FlycatcherServer

/// Checks an installation and says what to do about what it finds.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks the installation, and says what to do.",
        discussion: """
            It reads settings as 'flycatcher serve' does, changes nothing, and may run beside the server.
            Exit code 1 when there is a problem; warnings alone end with 0.
            """)

    @Flag(help: "Check the indexes of the database against its tables as well, which takes longer.")
    var full = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let findings = Doctor(try options.settings(), reach: HTTPProbe.reach).findings(full ? .full : .quick)
        if options.json { try Output.json(findings.map(FindingLine.init)) } else { Self.print(findings) }
        if findings.contains(where: { $0.state == .problem }) { throw DoctorVerdict() }
    }

    private static func print(_ findings: [Finding]) {
        let width = findings.map(\.subject.count).max() ?? 0
        for finding in findings {
            let subject = finding.subject + String(repeating: " ", count: width - finding.subject.count)
            Output.line("\(finding.mark)  \(subject)  \(finding.text)")
            if let advice = finding.advice {
                Output.line("\(String(repeating: " ", count: 9 + width + 2))→ \(advice)")
            }
        }
    }
}

/// The installation has a problem, which has been told.
struct DoctorVerdict: Error, CustomStringConvertible {
    var description: String { "this installation has a problem; each → says what to do" }
}

extension Finding {
    /// Seven characters.
    fileprivate var mark: String {
        switch state {
        case .ok: "ok     "
        case .warning: "warning"
        case .problem: "PROBLEM"
        }
    }
}

/// A finding in JSON.
private struct FindingLine: Encodable {
    let subject: String
    let state: String
    let text: String
    let advice: String?

    init(_ finding: Finding) {
        subject = finding.subject
        state = finding.state.rawValue
        text = finding.text
        advice = finding.advice
    }
}
