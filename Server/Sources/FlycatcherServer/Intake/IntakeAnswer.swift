// What clients are answered, with the headers that browsers and rate limits need (protocol sections 3.5, 4 and 5).

import FlycatcherWire
import HTTPTypes
import Hummingbird

/// The answers of the ingest endpoints.
enum IntakeAnswer {
    /// Seconds for which a client holds back when the queue is full.
    private static let backoff: Int64 = 5
    private static let queueIsFull = RateLimit(seconds: backoff, scope: "organization", reason: "queue_full")

    private static let json = "application/json"

    /// 200 with the event's id.
    ///
    /// - Parameter standing: quotas that never let anything in, of which clients hear at once.
    static func accepted(_ id: EventID?, standing: [RateLimit] = []) -> Response {
        let body = id.map { #"{"id":"\#($0)"}"# } ?? "{}"
        var response = Response(
            status: .ok, headers: openHeaders, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        if !standing.isEmpty { announce(standing, on: &response) }
        return response
    }

    /// 429 for a request of which some items met exhausted quotas; the others were taken.
    static func limited(_ limits: [RateLimit]) -> Response {
        refused(.rateLimited(limits))
    }

    private static func announce(_ limits: [RateLimit], on response: inout Response) {
        set("X-Sentry-Rate-Limits", limits.map(\.entry).joined(separator: ", "), on: &response)
    }

    /// A status with no more than that.
    static func done(_ status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: openHeaders)
    }

    /// What became of something, as JSON.
    static func accepted(json: [UInt8]) -> Response {
        Response(status: .ok, headers: openHeaders, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    /// The id of a crash, as crash handlers expect it: a UUID with dashes, as text.
    static func crash(_ id: EventID) -> Response {
        let digits = id.description
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        var response = done()
        response.headers[.contentType] = "text/plain"
        response.body = ResponseBody(byteBuffer: ByteBuffer(string: parts.joined(separator: "-")))
        return response
    }

    /// A picture of one transparent dot, which the oldest browsers can ask for.
    static let pixel: Response = {
        var response = done()
        response.headers[.contentType] = "image/gif"
        response.headers[.cacheControl] = "no-store"
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: gif))
        return response
    }()

    private static let gif: [UInt8] = [
        0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0x21, 0xF9, 4, 1, 0, 0,
        0, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ]

    /// The error's status with what is wrong.
    static func refused(_ error: IntakeError) -> Response {
        guard case .rateLimited(let limits) = error, limits.count == 1 else { return told(error) }
        switch limits[0] {
        case .overload: return overloaded
        case .fairShare: return outOfTurn
        default: return told(error)
        }
    }

    /// Made once, since these are given most often when there is least time.
    private static let overloaded = told(.rateLimited([.overload]))
    private static let outOfTurn = told(.rateLimited([.fairShare]))

    private static func told(_ error: IntakeError) -> Response {
        var response = refusal(error.status, error.detail)
        let limits: [RateLimit]
        switch error {
        case .rateLimited(let found): limits = found
        case .overloaded: limits = [queueIsFull]
        default: return response
        }
        set("Retry-After", "\(limits.map(\.seconds).max() ?? backoff)", on: &response)
        announce(limits, on: &response)
        return response
    }

    static let unknownPath = refusal(404, "this server has no such endpoint")
    static let wrongMethod = refusal(405, "wrong method: use POST")
    static let notImplemented = refusal(501, "crash reports of this engine are not read: send a minidump")
    static let brokenOff = refusal(400, "the request broke off")

    /// The answer to a browser that asks whether it may send.
    static let preflight: Response = {
        var response = Response(status: .ok, headers: openHeaders)
        set("Access-Control-Allow-Methods", "POST, GET, OPTIONS", on: &response)
        set("Access-Control-Max-Age", "3600", on: &response)
        set(
            "Access-Control-Allow-Headers",
            "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, "
                + "authentication, authorization, content-encoding, transfer-encoding, sentry-trace, baggage",
            on: &response)
        return response
    }()

    /// What every answer carries, so that a page of any origin may read it.
    private static let openHeaders: HTTPFields = {
        var headers: HTTPFields = [.contentType: json]
        set("Access-Control-Allow-Origin", "*", on: &headers)
        set(
            "Access-Control-Expose-Headers", "x-sentry-error, x-sentry-rate-limits, retry-after", on: &headers
        )
        return headers
    }()

    private static func refusal(_ status: Int, _ detail: String) -> Response {
        let line = String(
            detail.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
        let quoted = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let body = #"{"detail":"\#(quoted)","causes":[]}"#
        var response = Response(
            status: .init(code: status), headers: openHeaders,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        set("X-Sentry-Error", line, on: &response)
        return response
    }

    private static func set(_ name: String, _ value: String, on response: inout Response) {
        set(name, value, on: &response.headers)
    }

    private static func set(_ name: String, _ value: String, on headers: inout HTTPFields) {
        if let name = HTTPField.Name(name) { headers[name] = value }
    }
}
