// Why a caller of the web API is not let in.

import HTTPTypes
import Hummingbird

/// A request that is refused before the web API sees it.
enum APIRefusal: Error, Hashable {
    case noCredentials
    case notABearerToken
    case unknownToken
    case bodyTooLarge
    /// The content of an attachment is not on disk any more.
    case fileGone
    /// The store, which knows the tokens, does not answer.
    case unavailable

    var status: HTTPResponse.Status {
        switch self {
        case .unavailable: .serviceUnavailable
        case .bodyTooLarge: .contentTooLarge
        case .fileGone: .gone
        case .noCredentials, .notABearerToken, .unknownToken: .unauthorized
        }
    }

    var detail: String {
        switch self {
        case .noCredentials: "send an API token as 'Authorization: Bearer …'"
        case .notABearerToken: "only 'Authorization: Bearer …' is understood"
        case .unknownToken: "the API token is not known"
        case .bodyTooLarge: "the body is larger than any change"
        case .fileGone: "the file of this attachment is not there any more"
        case .unavailable: "the database is unavailable, try again later"
        }
    }

    var response: Response {
        var response = Response(status: status, json: #"{"detail":"\#(detail)"}"#)
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if self == .unavailable { response.headers[.retryAfter] = "10" }
        return response
    }
}
