// The door of the web API: who asks, and with what.

import API
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import Model

extension Composition {
    /// `/api/0/…`.
    func addAPIRoutes(to router: FlycatcherRouter) {
        for path in ["api/0", "api/0/**"] as [RouterPath] {
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] {
                router.on(path, method: method) { request, context in
                    let response = await answerAPI(request, context)
                    context.logAnswer(response, to: request)
                    return response
                }
            }
        }
    }

    private func answerAPI(_ request: Request, _ context: FlycatcherRequestContext) async -> Response {
        do {
            let caller = try await caller(of: request)
            let question = APIRequest(
                method: request.method.rawValue, path: String(request.uri.path.dropFirst("/api/0".count)),
                query: request.uri.query ?? "", body: try await Self.body(of: request), user: caller.user,
                token: caller.token, scopes: caller.scopes, now: accounts.now())
            let api = WebAPI(
                store: store, publicURL: address.url.description, grouping: apiGrouping,
                filterProblem: { EventFilters.problem(with: $0, in: $1) },
                isPerson: { PersonalTrait($0) != nil })
            let answer = await api.answer(question)
            if let failure = answer.failure {
                context.logger.error("the web API failed", metadata: ["reason": "\(failure)"])
            }
            if let attachment = answer.download {
                return try await download(attachment) ?? APIRefusal.fileGone.response
            }
            return Response(answer)
        } catch let refusal as APIRefusal {
            return refusal.response
        } catch {
            context.logger.error("the web API could not find out who asks", error: error)
            return APIRefusal.unavailable.response
        }
    }

    /// Changes are short; more is not read.
    private static let maximumBodySize = 256 * 1024

    private static func body(of request: Request) async throws -> [UInt8] {
        guard request.method == .put || request.method == .post else { return [] }
        do {
            return Array(buffer: try await request.body.collect(upTo: maximumBodySize))
        } catch {
            throw APIRefusal.bodyTooLarge
        }
    }

    /// What the web API asks of grouping.
    private var apiGrouping: APIGrouping {
        APIGrouping(
            explain: { event in
                GroupingReader(projects.rules(of: event.summary.project)).explanation(of: event.json)
            },
            errors: { settings in
                let rules = GroupingRules(settings)
                return (rules.fingerprintErrors, rules.stackErrors)
            },
            forecast: { project, settings in
                try await RuleTrial(store: store, project: project, rules: GroupingRules(settings))
                    .forecast()
            },
            strands: { issue in
                try await IssueStrands(store: store, rules: projects.rules(of: issue.project))
                    .strands(of: issue.id)
            },
            advance: { try await regrouper.advance(pieces: Self.piecesAtOnce) },
            versions: GroupingVersion.all.map(\.name))
    }

    /// What is done before a change is answered; more goes on afterwards.
    private static let piecesAtOnce = 24

    private struct Caller {
        var user: User?
        var token: String?
        var scopes: Set<String>?
    }

    /// Whose token, or whose session on the pages, a request shows.
    private func caller(of request: Request) async throws -> Caller {
        if let header = request.headers[.authorization] {
            guard let secret = BearerToken(header: header) else { throw APIRefusal.notABearerToken }
            guard let token = try await accounts.token(secret.text) else { throw APIRefusal.unknownToken }
            return Caller(token: token.name, scopes: Set(token.scopes))
        }
        guard let cookie = request.cookies[PageCookies.session],
            let session = try await accounts.session(cookie.value)
        else { throw APIRefusal.noCredentials }
        return Caller(user: session.user)
    }
}

extension Response {
    /// What the web API answered.
    fileprivate init(_ answer: APIResponse) {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        headers[.cacheControl] = "private, no-store"
        headers[.xContentTypeOptions] = "nosniff"
        self.init(
            status: HTTPResponse.Status(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
