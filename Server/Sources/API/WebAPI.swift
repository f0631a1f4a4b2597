// Answers the web API that Sentry's tools call: finds the route, checks the scope, turns failures into answers.

public import Model

/// The Sentry-compatible web API under `/api/0/`.
///
/// It knows nothing of HTTP libraries: whoever serves it authenticates the caller, hands over an ``APIRequest`` and
/// sends the ``APIResponse`` back.
///
/// ```swift
/// let api = WebAPI(store: store, publicURL: "https://errors.example.com")
/// let request = APIRequest(method: "GET", path: "organizations/flycatcher/issues/", query: "limit=10", now: now)
/// let response = await api.answer(request)
/// ```
public struct WebAPI: Sendable {
    let store: any Store
    /// Where users reach the installation, without a slash at the end.
    let publicURL: String
    let grouping: APIGrouping
    /// What is wrong with something that a filter is to look for; nil when nothing is.
    let filterProblem: @Sendable (String, FilterID) -> String?
    /// Whether an erasure can be about this.
    let isPerson: @Sendable (ErasureSubject) -> Bool
    let organization = Organization()

    /// Makes the API of a store.
    ///
    /// - Parameters:
    ///   - store: what the answers are read from.
    ///   - publicURL: where users reach the installation, with the sub-path if it is served under one; links in
    ///     answers begin with it.
    ///   - grouping: what is known of grouping.
    ///   - filterProblem: what is wrong with something that a filter is to look for; nil when nothing is.
    ///   - isPerson: whether an erasure can be about this.
    public init(
        store: any Store, publicURL: String, grouping: APIGrouping = APIGrouping(),
        filterProblem: @escaping @Sendable (String, FilterID) -> String? = { _, _ in nil },
        isPerson: @escaping @Sendable (ErasureSubject) -> Bool = { _ in true }
    ) {
        self.store = store
        self.grouping = grouping
        self.filterProblem = filterProblem
        self.isPerson = isPerson
        self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    }

    /// Answers one request; every failure is an answer too.
    public func answer(_ request: APIRequest) async -> APIResponse {
        do {
            return try await answerOrThrow(request)
        } catch {
            return APIError(error).response
        }
    }

    private func answerOrThrow(_ request: APIRequest) async throws -> APIResponse {
        let candidates = Self.routes.compactMap { route in
            route.parameters(in: request.path).map { (route: route, parameters: $0) }
        }
        if candidates.isEmpty { throw APIError.unknownPath }
        guard let (route, parameters) = candidates.first(where: { $0.route.takes(request.method) }) else {
            throw APIError.methodNotAllowed(candidates.map { $0.route.method ?? "GET, HEAD" })
        }
        try request.require(route.scope)
        // What a page's cookie may do, another site could do in its name.
        if route.method != nil, request.scopes == nil { throw APIError.tokenNeeded }
        return try await route.answer(self, APICall(request: request, parameters: parameters))
    }
}
