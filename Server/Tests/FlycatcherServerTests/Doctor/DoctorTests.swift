// Tests what the doctor finds, on sound and on ailing installations.

import FlycatcherWire
import Model
import SQLiteStorage
import Testing

@testable import FlycatcherServer

@Suite struct DoctorTests {
    private let temporary: TemporaryStore
    private let configuration: Configuration

    init() throws {
        temporary = try TemporaryStore()
        configuration = try Configuration(options: [.data: temporary.folder])
    }

    private func findings(
        reach: Doctor.Reach = .answers, _ change: (inout Machine) -> Void = { _ in }
    ) -> [String: Finding] {
        var machine = Machine(
            now: .now, mayWrite: true, unwritable: [], folderIsPrivate: true,
            disk: .init(freeBytes: 50 << 30, byteCount: 100 << 30), openFileLimit: 10_240, isServed: true,
            portIsFree: false, logByteCount: 0)
        change(&machine)
        let doctor = Doctor(configuration, machine: machine) { _ in reach }
        return Dictionary(doctor.findings(.full).map { ($0.subject, $0) }) { first, _ in first }
    }

    private func makeSound() async throws {
        _ = try await temporary.store.createProject(ProjectDraft(name: "Shop"), at: .now)
        _ = try await temporary.store.createUser(
            email: "jo@example.org", role: .owner, password: PasswordHash(encoded: "x"), at: .now)
    }

    @Test func `a sound installation has neither problems nor warnings`() async throws {
        try await makeSound()

        let ailing = findings().values.filter { $0.state != .ok }

        #expect(ailing.isEmpty, "\(ailing)")
    }

    @Test func `each problem is found and says what to do`() async throws {
        try await makeSound()
        let cases: [(String, Finding.State, (inout Machine) -> Void)] = [
            ("data folder", .problem, { $0.mayWrite = false }),
            ("data folder", .warning, { $0.folderIsPrivate = false }),
            ("permissions", .problem, { $0.unwritable = ["flycatcher.sqlite-wal"] }),
            ("disk space", .warning, { $0.disk?.freeBytes = 3 << 30 }),
            ("disk space", .problem, { $0.disk?.freeBytes = 100 << 20 }),
            ("disk space", .warning, { $0.disk = nil }),
            ("open files", .warning, { $0.openFileLimit = 256 }),
            ("log", .warning, { $0.logByteCount = 1 << 30 }),
            ("clock", .problem, { $0.now = Timestamp(microseconds: 0) }),
            ("server", .warning, { ($0.isServed, $0.portIsFree) = (false, true) }),
            ("server", .problem, { ($0.isServed, $0.portIsFree) = (false, false) }),
        ]
        for (subject, state, change) in cases {
            let finding = try #require(findings(change)[subject])
            #expect(finding.state == state, "\(subject)")
            #expect(finding.advice?.isEmpty == false, "\(subject)")
        }
    }

    @Test func `an installation that nobody can send to or sign in to is told of`() {
        let findings = findings()

        #expect(findings["projects"]?.state == .problem)
        #expect(findings["accounts"]?.state == .warning)
    }

    @Test func `a data folder that is not there is all there is to say`() throws {
        let nowhere = try Configuration(options: [.data: "\(temporary.folder)/nowhere"])

        let findings = Doctor(nowhere) { _ in .answers }.findings(.quick)

        #expect(findings.map(\.subject) == ["data folder"])
        #expect(findings.first?.state == .problem)
    }

    @Test func `the public address must lead here`() async throws {
        try AddressFile(dataFolder: temporary.folder).write(
            ServerAddress(
                publicURL: try #require(PublicURL("https://errors.example")),
                localURL: try #require(PublicURL("http://127.0.0.1:1"))))

        #expect(findings(reach: .answers)["public address"]?.state == .ok)
        #expect(findings(reach: .stranger)["public address"]?.state == .problem)
        #expect(findings(reach: .silence("no route"))["public address"]?.text.contains("no route") == true)
        #expect(findings { $0.isServed = false }["public address"] == nil)
    }

    @Test func `the real machine is sound enough for tests`() {
        let machine = Machine.current(configuration)

        #expect(machine.mayWrite && machine.folderIsPrivate && !machine.isServed)
        #expect(machine.unwritable == [])
        #expect((machine.disk?.byteCount ?? 0) > 0)
    }
}
