// What a new installation needs before anybody can use it: a project, an owner, a way in.

import Model

extension Installation {
    /// The account that a new installation begins with.
    static let firstOwner = "owner@localhost"
    static let firstProject = "My app"

    /// Makes the first project and the first owner if they are missing.
    ///
    /// - Returns: a one-time sign-in link's secret while no user has a password; nil afterwards.
    func prepare() async throws -> Secret? {
        if try await store.projects().isEmpty {
            _ = try await store.createProject(ProjectDraft(name: Self.firstProject), at: accounts.now())
        }
        if try await store.users().isEmpty, let email = EmailAddress(Self.firstOwner) {
            _ = try await accounts.createUser(email: email, role: .owner, password: nil)
        }
        guard let owner = try await ownerWithoutWayIn() else { return nil }
        return try await accounts.makeSignInLink(for: owner.id)
    }

    /// The first owner, while not a single user could sign in with a password.
    private func ownerWithoutWayIn() async throws -> User? {
        let users = try await store.users()
        for user in users where try await store.user(email: user.email)?.password != nil { return nil }
        return users.first { $0.role == .owner }
    }
}
