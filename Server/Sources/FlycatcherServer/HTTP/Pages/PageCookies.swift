// The two cookies of the pages: who is signed in, and which browser a guest uses.

import Hummingbird

/// Makes the cookies of an installation.
struct PageCookies: Sendable {
    static let session = "flycatcher_session"
    static let guest = "flycatcher_guest"

    let url: PublicURL
    /// Whether the browser has an encrypted connection, over which alone it then sends them.
    let isSecure: Bool

    /// Keeps someone signed in.
    func signedIn(_ secret: Secret) -> Cookie {
        cookie(Self.session, secret.text, maxAge: Int(Accounts.sessionLifetime / 1_000_000))
    }

    /// Forgets who was signed in.
    var signedOut: Cookie {
        cookie(Self.session, "", maxAge: 0)
    }

    /// Knows a guest again until the browser is closed.
    func guest(_ secret: Secret) -> Cookie {
        cookie(Self.guest, secret.text, maxAge: nil)
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "\(url.path)/", secure: isSecure,
            httpOnly: true,
            sameSite: .lax)
    }
}
