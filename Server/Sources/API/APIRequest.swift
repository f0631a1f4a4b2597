// What someone asks of the web API, taken apart and decoded.

public import FlycatcherWire
public import Model

/// One authenticated request to the web API.
public struct APIRequest: Sendable {
    /// The HTTP method in upper case.
    public let method: String
    /// The decoded, non-empty parts of the path behind `/api/0/`.
    public let path: [String]
    /// The decoded parameters in order; a name may come more than once.
    public let query: [(name: String, value: String)]
    /// What came with the request; empty when nothing did.
    public let body: [UInt8]
    /// Who asks; nil when a token asks that belongs to nobody.
    public let user: User?
    /// What the token is called; nil when none asks.
    public let token: String?
    /// What the token may do; nil for someone signed in, who may do everything.
    public let scopes: Set<String>?
    /// The moment of the request.
    public let now: Timestamp

    /// Takes a request apart.
    ///
    /// - Parameters:
    ///   - method: the HTTP method in upper case.
    ///   - path: the path behind `/api/0/` as it came, percent-encoded; with or without a slash at the end.
    ///   - query: what came behind the `?`, percent-encoded; empty when nothing did.
    ///   - body: what came with it.
    ///   - user: who is signed in, or whose token it is; nil when it is nobody's.
    ///   - token: what the token is called.
    ///   - scopes: what the token may do; nil for someone signed in.
    ///   - now: the moment of the request.
    public init(
        method: String, path: String, query: String = "", body: [UInt8] = [], user: User? = nil,
        token: String? = nil, scopes: Set<String>? = nil, now: Timestamp
    ) {
        self.method = method
        self.path = path.split(separator: "/", maxSplits: Self.maximumPathParts).map { URLText.decoded($0) }
        self.query = URLText.parameters(query, limit: Self.maximumParameters)
        self.body = body
        self.user = user
        self.token = token
        self.scopes = scopes
        self.now = now
    }

    /// Parts of a path beyond this many are left in one piece, which no route matches.
    static let maximumPathParts = 12
    /// Parameters beyond this many are not read.
    static let maximumParameters = 256

    /// The first value of a parameter; nil when it does not come.
    func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// All values of a parameter that may be repeated.
    func parameters(_ name: String) -> [String] {
        query.filter { $0.name == name }.map(\.value)
    }

    /// Refuses a token that lacks a scope.
    func require(_ scope: Scope?) throws(APIError) {
        guard let scope, let scopes else { return }
        guard scope.isGranted(by: scopes) else { throw .missingScope(scope) }
    }
}
