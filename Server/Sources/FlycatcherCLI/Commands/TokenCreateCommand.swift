// `flycatcher token create`: makes an API token.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes an API token and prints it, once.
struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes an API token and prints it, once.",
        discussion: "Programs send it as 'Authorization: Bearer TOKEN' to /api/0/.")

    @Argument(help: "What the token is for, such as grafana.")
    var name: String

    @Option(
        help:
            "What it may do, separated by commas: \(TokenScope.all.joined(separator: ", ")) (default: those that read)."
    )
    var scopes = ""

    @OptionGroup var options: DataOptions

    func run() async throws {
        let scopes = scopes.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        let receipt = try await options.withInstallation {
            try await $0.createToken(name: name, scopes: scopes)
        }
        if options.json { return try Output.json(TokenLine(receipt)) }
        Output.line(receipt.secret)
        Output.error("made the token \(receipt.token.name); it is not shown again")
    }
}

/// A token in JSON.
private struct TokenLine: Encodable {
    let id: String
    let name: String
    let scopes: [String]
    let token: String

    init(_ receipt: TokenReceipt) {
        id = String(receipt.token.id)
        name = receipt.token.name
        scopes = receipt.token.scopes
        token = receipt.secret
    }
}
