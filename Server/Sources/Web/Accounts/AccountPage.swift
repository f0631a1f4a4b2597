// One's own account: GET and POST /settings/account/.

import Model

/// What became of a wish to change the password.
public enum PasswordChange: Hashable, Sendable {
    case none
    case done
    /// Refused; the text says why and what to do.
    case refused(String)
}

/// The page of the user who is signed in: setting or changing the password, signing out.
///
/// It posts `current_password` (unless there is none yet), `new_password` and `repeated_password` to itself, and to
/// `/sign-out/` in a form of its own.
public struct AccountPage: Page {
    public let content: PageContent

    /// Makes the page, on which a password is changed or, where there is none yet, set for the first time.
    public init(hasPassword: Bool, change: PasswordChange = .none, context: PageContext) {
        let account = Account(hasPassword: hasPassword, change: change, context: context)
        content = PageContent(
            template: "account", frame: PageFrame("Account", .account, context), values: account)
    }
}

private struct Account: View {
    let hasPassword: Bool
    let change: PasswordChange
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "action": context.links.path("settings/account/")
        case "signOut": context.links.path("sign-out/")
        case "formToken": context.formToken
        case "email": context.user?.email ?? ""
        case "role": context.user?.role.rawValue ?? ""
        case "erasure": optional(context.user?.role == .member ? "" : context.links.path("settings/erasure/"))
        case "hasPassword": hasPassword
        case "done": change == .done
        case "failure": optional(failure)
        default: false
        }
    }

    private var failure: String? {
        guard case .refused(let reason) = change else { return nil }
        return reason
    }
}
