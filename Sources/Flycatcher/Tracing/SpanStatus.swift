// How an operation ended.

extension Flycatcher {
    /// The outcome of a span, in the words of the protocol (section 11.3).
    public enum SpanStatus: String, Hashable, Sendable, CaseIterable {
        /// It did what it should.
        case ok
        /// The caller asked for something that makes no sense.
        case invalidArgument = "invalid_argument"
        /// The caller did not say who it is.
        case unauthenticated
        /// The caller may not do that.
        case permissionDenied = "permission_denied"
        /// There is no such thing.
        case notFound = "not_found"
        /// There is such a thing already.
        case alreadyExists = "already_exists"
        /// Something else must happen first.
        case failedPrecondition = "failed_precondition"
        /// There is none left: a quota is used up, a disk is full.
        case resourceExhausted = "resource_exhausted"
        /// It was given up before its end.
        case cancelled
        /// It met another operation at the same thing.
        case aborted
        /// It went beyond an end.
        case outOfRange = "out_of_range"
        /// It failed, for a reason of its own.
        case internalError = "internal_error"
        /// It is not offered.
        case unimplemented
        /// It cannot be done just now.
        case unavailable
        /// It took too long.
        case deadlineExceeded = "deadline_exceeded"
        /// Something is lost for good.
        case dataLoss = "data_loss"
        /// Nobody knows.
        case unknown

        /// What an HTTP status says about the operation that it answers.
        public init(httpStatus: Int) {
            switch httpStatus {
            case 200..<400: self = .ok
            case 401: self = .unauthenticated
            case 403: self = .permissionDenied
            case 404: self = .notFound
            case 409: self = .alreadyExists
            case 429: self = .resourceExhausted
            case 499: self = .cancelled
            case 400..<500: self = .invalidArgument
            case 501: self = .unimplemented
            case 503: self = .unavailable
            case 504: self = .deadlineExceeded
            case 500..<600: self = .internalError
            default: self = .unknown
            }
        }

        /// What an error says about the operation that threw it.
        public init(_ error: any Error) {
            self = error is CancellationError ? .cancelled : .internalError
        }
    }
}
