// Tests what the doctor says of the files of attachments.

import FlycatcherWire
import Foundation
import Model
import Testing

@testable import FlycatcherServer

@Suite struct DoctorFilesTests {
    private let server: TestServer
    private let kept: FileDigest

    /// One event with one attachment of seven bytes.
    init() async throws {
        server = try await TestServer()
        let envelope = """
            {"event_id":"6b1f0c2d9a7e4c53b8d1e2f3a4b5c6d7"}
            {"type":"event"}
            {"message":"seven"}
            {"type":"attachment","length":7}
            content

            """
        let reply = try await server.post("/api/1/envelope/?sentry_key=\(server.key.publicKey)", envelope)
        #expect(reply.status == 200)
        let inventory = try FileInventory(dataFolder: server.temporary.folder)
        kept = try #require(inventory.entries.first).digest
    }

    private func findings(isServed: Bool = true) throws -> [String: Finding] {
        let configuration = try Configuration(options: [.data: server.temporary.folder])
        var machine = Machine.current(configuration)
        machine.isServed = isServed
        let doctor = Doctor(configuration, machine: machine) { _ in .answers }
        return Dictionary(doctor.files.map { ($0.subject, $0) }) { first, _ in first }
    }

    private func path(of digest: FileDigest) -> String { server.parts.files.place(of: digest) }

    /// Puts a file into place that nothing names, touched so many seconds ago.
    private func leave(_ digits: Character, secondsAgo: Double) throws {
        let digest = try #require(FileDigest(hex: String(repeating: digits, count: 64)))
        let file = URL(fileURLWithPath: path(of: digest))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(count: 2048).write(to: file)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: file.path)
    }

    @Test func `where every attachment has its file there is nothing to do`() throws {
        let findings = try findings()

        #expect(findings.keys.sorted() == ["attachments"])
        #expect(findings["attachments"]?.state == .ok)
    }

    @Test(arguments: [true, false])
    func `a file that is gone or cut short is told by its name`(isGone: Bool) throws {
        try FileManager.default.removeItem(atPath: path(of: kept))
        if !isGone { try Data("con".utf8).write(to: URL(fileURLWithPath: path(of: kept))) }

        let finding = try #require(try findings()["attachments"])

        #expect(finding.state == .problem)
        #expect(finding.text.contains(kept.description))
        #expect(finding.advice?.contains("restore") == true)
    }

    @Test func `files that nothing names are listed, and only old ones are odd`() throws {
        try leave("a", secondsAgo: 60)
        #expect(try findings()["loose files"]?.state == .ok)

        try leave("b", secondsAgo: 3 * 86_400)

        for isServed in [true, false] {
            let finding = try #require(try findings(isServed: isServed)["loose files"])
            #expect(finding.state == .warning)
            #expect(finding.text.hasPrefix("2 files of 4 KB") && finding.text.contains("bbbbbbbb"))
            #expect(finding.advice?.contains(isServed ? "its log" : "flycatcher serve") == true)
        }
    }

    @Test func `what is not of flycatcher's making is told, what is still arriving is not`() throws {
        for name in ["ab/notes.txt", "incoming/7"] {
            let file = URL(fileURLWithPath: "\(server.temporary.folder)/files/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: file)
        }

        let finding = try #require(try findings()["strange files"])

        #expect(finding.state == .warning)
        #expect(finding.text == "1 files are not of flycatcher's making: files/ab/notes.txt")
    }
}
