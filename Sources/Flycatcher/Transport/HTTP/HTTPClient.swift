// The seam between what is sent and the platform's way to send it.

/// Posts bodies to one place, over a connection that is kept open.
protocol HTTPClient: Sendable {
    /// Posts a body and waits for the answer; one thread at a time.
    func post(_ body: [UInt8], isGzip: Bool) throws(HTTPFailure) -> Flycatcher.ServerAnswer

    /// Ends what is under way; nothing is posted any more.
    func close()
}

/// Where and how to post.
struct HTTPTarget: Sendable {
    /// How long a request may take.
    static let timeout = Duration.seconds(30)

    var url: String
    var headers: [(name: String, value: String)]
    /// A proxy's URL; the system's and the environment's rules hold when nil.
    var proxy: String?
    /// A file of certificates to trust instead of the system's.
    var certificateFile: String?
}

/// Why no answer came.
struct HTTPFailure: Error, CustomStringConvertible {
    let description: String

    static let closed = HTTPFailure(description: "the transport is closed")
}
