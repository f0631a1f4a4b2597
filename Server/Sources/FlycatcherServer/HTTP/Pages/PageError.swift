// Why a page cannot be shown: each reason knows its status and what it tells the reader.

import HTTPTypes
import Model

/// A request for a page that gets something else.
enum PageError: Error, Hashable {
    /// Nothing is there; the text says what was looked for.
    case notFound(String)
    /// Only for those who are signed in; the path is where to go on.
    case signInNeeded(String)
    /// The user's role does not allow it.
    case forbidden(String)
    /// The form does not come from a page that we made for this browser.
    case staleForm
    case formTooLarge
    case formTooSlow
    /// Too many tries; it makes sense again after so many seconds.
    case tooManyTries(Int)
    /// The store does not answer.
    case unavailable
    /// Something is wrong inside; the log says what, under this id.
    case failed(requestID: String)

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .signInNeeded: .seeOther
        case .forbidden, .staleForm: .forbidden
        case .formTooLarge: .contentTooLarge
        case .formTooSlow: .requestTimeout
        case .tooManyTries: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .failed: .internalServerError
        }
    }

    var title: String {
        switch self {
        case .notFound(let what): "\(what) was not found"
        case .signInNeeded: "Please sign in"
        case .forbidden: "This is not allowed"
        case .staleForm: "This form has expired"
        case .formTooLarge: "This form is too large"
        case .formTooSlow: "This form took too long"
        case .tooManyTries: "Too many tries"
        case .unavailable: "The database does not answer"
        case .failed: "Something went wrong here"
        }
    }

    var detail: String {
        switch self {
        case .notFound: "Perhaps it has been removed, or the address was mistyped."
        case .signInNeeded: "This page is for those who are signed in."
        case .forbidden(let rule): rule
        case .staleForm: "Go back, load the page again and send the form once more. Cookies must be allowed."
        case .formTooLarge: "Go back and send less."
        case .formTooSlow: "Go back and send it again."
        case .tooManyTries(let seconds): "Wait \((seconds + 59) / 60) min and try again."
        case .unavailable:
            "Try again in a moment. Events that were not stored are refused, not lost: their senders know."
        case .failed(let requestID): "The server's log says why, under the request id \(requestID)."
        }
    }
}
