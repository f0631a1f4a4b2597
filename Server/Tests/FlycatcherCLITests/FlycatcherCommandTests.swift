// Tests how the command line is read and how commands end.

import ArgumentParser
import FlycatcherServer
import Testing

@testable import FlycatcherCLI

@Suite struct FlycatcherCommandTests {
    private func ending(_ arguments: [String]) -> Ending? {
        do {
            var command = try FlycatcherCommand.parseAsRoot(arguments)
            // Help is a command of the parser's own; ours are asynchronous and must not run here.
            if !(command is any AsyncParsableCommand) { try command.run() }
            return nil
        } catch {
            return Ending(error)
        }
    }

    @Test(arguments: [
        "serve --data d --host 0.0.0.0 --port 0 --url https://e.example --database sqlite --log-level debug --json",
        "project create Shop --platform python --data d --json", "project list", "user create jo@example.org",
        "user create jo@example.org --role owner --password-stdin",
        "token create grafana --scopes event:read,org:read",
        "stats --json", "event send", "backup f --replace", "restore f --data d", "doctor --full", "compact",
        "key list", "key list shop --json", "key create shop iOS --limit 1000/minute", "key disable 0a1b",
        "key enable 0a1b", "key rotate 0a1b --after 7d",
        "erase --email jo@example.org --dry-run", "erase --user-id 7 --project shop", "erase --ip ::1",
        "event send --dsn http://a@localhost:8000/1 --message hi --level warning",
    ])
    func `every documented command line is understood`(line: String) {
        #expect(ending(line.split(separator: " ").map(String.init)) == nil)
    }

    @Test(arguments: [
        "nonsense", "serve --no-such-option", "project create", "user create", "token create",
        "user create jo@example.org --role emperor", "event send --dsn nonsense",
        "event send --dsn ftp://a@b/1",
        "event send --level loud", "stats extra", "backup", "restore", "doctor now", "key create shop",
        "key create shop iOS --limit many", "key disable", "key rotate 0a1b --after soon",
        "erase", "erase --email jo", "erase --ip 1", "erase --ip ::1 --user-id 7",
    ])
    func `wrong usage ends with 2`(line: String) {
        let ending = ending(line.split(separator: " ").map(String.init))

        #expect(ending?.exit == .wrongUsage)
        #expect(ending?.message.hasPrefix("Error: ") == true)
    }

    @Test(arguments: [
        "--help", "--version", "serve --help", "project --help", "project create --help",
        "project list --help",
        "user create --help", "token create --help", "stats --help", "event send --help",
    ])
    func `asking for help is done and not failed`(line: String) {
        let ending = ending(line.split(separator: " ").map(String.init))

        #expect(ending?.exit == .done)
        #expect(ending?.message.isEmpty == false)
    }

    @Test func `a setting that makes no sense is wrong usage, all else is failure`() {
        let configuration = #expect(throws: ConfigurationError.self) {
            try Configuration(options: [.port: "many"])
        }

        #expect(configuration.map { Ending($0).exit } == .wrongUsage)
        #expect(Ending(SendError.onlyHTTP).exit == .failed)
        #expect(Ending(InstallationError.noProjects).exit == .failed)
    }

    @Test func `messages say what to do`() {
        let dsn = ending(["event", "send", "--dsn", "nonsense"])
        let role = ending(["user", "create", "a@b", "--role", "emperor"])

        #expect(dsn?.message.contains("DSN") == true)
        #expect(role?.message.contains("member, manager, owner") == true)
    }
}
