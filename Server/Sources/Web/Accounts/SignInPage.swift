// The way in: GET and POST /sign-in/, GET and POST /sign-in/{token}/.

/// The form that asks for e-mail address and password; it posts `email`, `password` and `next` to `/sign-in/`.
public struct SignInPage: Page {
    public let content: PageContent

    /// Makes the form, which goes on to `next`; shown again, it holds the `email` typed and says why it failed.
    public init(email: String = "", next: ReturnPath = .start, failure: String? = nil, context: PageContext) {
        let form = SignInForm(
            action: context.links.path("sign-in/"), email: email, next: next.path, failure: failure,
            formToken: context.formToken)
        content = PageContent(template: "sign-in", frame: PageFrame("Sign in", .none, context), values: form)
    }
}

/// What a one-time sign-in link leads to: a button that posts to the same address.
///
/// Opening the link does not use it up, so that programs which look at links in messages do no harm.
public struct SignInLinkPage: Page {
    public let content: PageContent

    /// Makes the page for the token of a link.
    public init(token: String, context: PageContext) {
        let form = SignInForm(
            action: context.links.path("sign-in/\(URLText.encoded(token))/"), email: "", next: "",
            failure: nil,
            formToken: context.formToken)
        content = PageContent(
            template: "sign-in-link", frame: PageFrame("Sign in", .none, context), values: form)
    }
}

private struct SignInForm: View {
    let action: String
    let email: String
    let next: String
    let failure: String?
    let formToken: String

    func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "email": email
        case "next": optional(next)
        case "failure": optional(failure)
        case "formToken": formToken
        default: false
        }
    }
}
