// Every path that the web API answers.

extension WebAPI {
    /// The paths below `/api/0/`; the first that fits answers.
    static let routes: [Route] = [
        Route("", scope: nil) { try await $0.root($1) }
    ]
}
