// What the web API answers, ready to be sent.

public import Model

/// One answer of the web API.
public struct APIResponse: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The HTTP headers, `Content-Type` among them.
    public let headers: [(name: String, value: String)]
    /// The body, always JSON.
    public let body: [UInt8]
    /// The attachment whose content is the body instead; nil for everything but a download.
    public let download: Attachment?
    /// What failed inside the server, for its log; nil unless the status is 5xx.
    public let failure: String?

    init(
        status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8],
        failure: String? = nil, download: Attachment? = nil
    ) {
        self.status = status
        self.failure = failure
        self.download = download
        self.headers = [(name: "Content-Type", value: "application/json")] + headers
        self.body = body
    }

    /// The content of an attachment.
    init(contentOf attachment: Attachment) {
        self.init(body: [], download: attachment)
    }

    /// An answer of 200.
    init(headers: [(name: String, value: String)] = [], _ json: JSONValue) {
        self.init(headers: headers, body: json.bytes)
    }
}
