// Who looks at a page.

import Hummingbird
import Model

/// Someone who looks at pages, signed in or not yet.
enum Visitor: Sendable {
    /// Nobody has asked yet.
    case unknown
    /// Not signed in. The secret of their cookie ties forms, such as the one for signing in, to their browser.
    case guest(Secret)
    case member(Session)

    var session: Session? {
        if case .member(let session) = self { session } else { nil }
    }

    /// What every form must send back.
    var formToken: String {
        switch self {
        case .unknown: ""
        case .guest(let secret): secret.derived(for: "form")
        case .member(let session): session.formToken
        }
    }
}
