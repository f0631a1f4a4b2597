// `flycatcher user create`: makes a user.

import ArgumentParser
import FlycatcherServer
import Model

/// Makes a user, with a password from standard input or with a one-time sign-in link.
struct UserCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a user and prints a one-time sign-in link.",
        discussion: "The link works once, within 24 hours. With --password-stdin there is none.")

    @Argument(help: "The e-mail address.")
    var email: String

    @Option(
        help: "What the user may do: member looks, manager makes projects, owner does all (default: member).",
        transform: OptionText.role)
    var role = Role.member

    @Flag(help: "Read a password from the first line of standard input.")
    var passwordStdin = false

    @OptionGroup var options: DataOptions

    func run() async throws {
        let password = passwordStdin ? readLine() ?? "" : nil
        let receipt = try await options.withInstallation {
            try await $0.createUser(email: email, role: role, password: password)
        }
        if options.json { return try Output.json(UserLine(receipt)) }
        Output.line("made the user \(receipt.user.email) (\(receipt.user.role.rawValue))")
        if let link = receipt.signInLink {
            Output.line("  sign in  \(link)   (works once, within 24 hours)")
        }
    }
}

/// A user in JSON.
private struct UserLine: Encodable {
    let id: String
    let email: String
    let role: String
    let signInLink: String?

    init(_ receipt: UserReceipt) {
        id = receipt.user.id.description
        email = receipt.user.email
        role = receipt.user.role.rawValue
        signInLink = receipt.signInLink
    }
}
