// One's own account: setting and changing the password.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/settings/account/`.
    func addAccountRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("settings/account") { request, context in
            let user = try session(request, context).user
            return try await accountPage(of: user, .none, context)
        }
        pages.post("settings/account") { request, context in
            let user = try session(request, context).user
            return try await accountPage(
                of: user, try await changePassword(of: user, request, context), context)
        }
    }

    private func accountPage(
        of user: User, _ change: PasswordChange, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let hasPassword = try await store.user(email: user.email)?.password != nil
        return html(
            AccountPage(hasPassword: hasPassword, change: change, context: try await pageContext(context)))
    }

    private func changePassword(
        of user: User, _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> PasswordChange {
        let form = context.form
        guard form["new_password"] == form["repeated_password"] else {
            return .refused("The two passwords differ.")
        }
        guard let password = Password(form["new_password"] ?? "") else { return .refused(Password.rule) }
        if try await store.user(email: user.email)?.password != nil {
            let attempt = try throttle.attempt(
                email: user.email, address: clientAddress(of: request, context))
            let current = form["current_password"] ?? ""
            guard try await accounts.user(email: user.email, password: current) != nil else {
                return .refused("The current password is wrong.")
            }
            throttle.succeeded(attempt)
        }
        try await store.setPassword(try await accounts.passwords.hash(password), of: user.id)
        return .done
    }
}
