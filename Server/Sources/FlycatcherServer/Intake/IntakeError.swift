// Why an ingest request is refused, and what its sender is told (protocol section 4).

import Compression
import FlycatcherWire
import Ingest
import Model

/// A refusal.
///
/// It knows its answer and how it is counted.
enum IntakeError: Error {
    case badProject
    case unknownProject
    case missingAuthentication
    case malformedAuthentication(SentryAuthError)
    case contradictoryKeys
    case unknownKey
    case disabledKey
    case keyOfOtherProject
    case foreignOrigin
    /// A filter does not want anything from this connection; its sender has done nothing wrong.
    case unwantedAddress
    case unknownEncoding(String)
    case bodyTooLarge(limit: Int)
    case tooSlow
    case badBody(DecompressionError)
    case badEnvelope(EnvelopeError)
    case badForm(MultipartError)
    case badItem(ItemFault)
    case tooManyEntries(String)
    case unknownReportType
    case badEventID
    case emptyBody
    case badBase64
    case dropped(Drop)
    /// Quotas are exhausted, and nothing of the request was taken.
    case rateLimited([RateLimit])
    case overloaded
    case unavailable

    /// The status of the answer.
    var status: Int {
        switch self {
        case .badProject, .badBody, .badEventID, .emptyBody, .badBase64, .dropped: 400
        case .badEnvelope(let error): error.isTooLarge ? 413 : 400
        case .malformedAuthentication(let error): error.statusCode
        case .missingAuthentication, .contradictoryKeys: 401
        case .unknownProject, .unknownKey, .disabledKey, .keyOfOtherProject, .foreignOrigin: 403
        case .badForm, .badItem: 400
        case .unknownReportType: 415
        case .bodyTooLarge, .tooManyEntries: 413
        case .tooSlow: 408
        case .unwantedAddress: 200
        case .unknownEncoding: 415
        case .overloaded, .rateLimited: 429
        case .unavailable: 503
        }
    }

    /// What the sender is told: what is wrong and what to do.
    var detail: String {
        switch self {
        case .badProject: "invalid project: the path must hold the project's number, as its DSN does"
        case .unknownProject, .unknownKey:
            "unknown key or project: compare the DSN with the one on the project's setup page"
        case .missingAuthentication:
            "no authentication: send the DSN's public key in the X-Sentry-Auth header or as ?sentry_key="
        case .malformedAuthentication(let error): "\(error)"
        case .contradictoryKeys: "contradictory authentication: the request names different public keys"
        case .disabledKey: "this key is disabled: use another key of the project"
        case .keyOfOtherProject:
            "this key belongs to another project: compare the DSN with the project's setup page"
        case .unwantedAddress: "the project does not want anything from this address"
        case .foreignOrigin:
            "this origin is not allowed: add it to the allowed origins in the project's settings"
        case .unknownEncoding(let name):
            "unknown content encoding \(name): use gzip, deflate, br, zstd or identity"
        case .bodyTooLarge(let limit): "body too large: at most \(limit) bytes are taken"
        case .tooSlow: "the body took too long to arrive"
        case .badBody(let error): "\(error)"
        case .badEnvelope(let error): "\(error)"
        case .badForm(let error): "\(error)"
        case .badItem(let fault): "nothing in it can be kept: \(fault.reason.replacing("_", with: " "))"
        case .tooManyEntries(let type): "too many entries: a container of \(type) holds fewer"
        case .unknownReportType: "unknown content type: a security report of a browser is expected"
        case .badEventID: "invalid event id: 32 hex digits, or a UUID, are expected in the envelope's header"
        case .emptyBody: "the body is empty: an event is expected"
        case .badBase64: "invalid body: neither JSON nor base64 of it"
        case .dropped(let drop): drop.detail
        case .rateLimited(let limits): Self.detail(of: limits)
        case .overloaded: "too many events at once: try again later"
        case .unavailable: "events cannot be stored at the moment: try again later"
        }
    }

    /// How it is counted for the project, if the project is known.
    var outcome: Outcome {
        switch self {
        case .overloaded, .rateLimited: Outcome(.rateLimited, category: "error", reason: reason)
        case .unwantedAddress: Outcome(.filtered, category: "error", reason: reason)
        case .dropped(let drop): drop.outcome
        default: Outcome(.invalid, category: "error", reason: reason)
        }
    }

    /// The word under which it is counted.
    var reason: String {
        switch self {
        case .badProject: "bad_project"
        case .unknownProject: "unknown_project"
        case .missingAuthentication: "missing_auth"
        case .malformedAuthentication, .contradictoryKeys: "bad_auth"
        case .unknownKey: "unknown_key"
        case .disabledKey: "disabled_key"
        case .keyOfOtherProject: "key_of_other_project"
        case .foreignOrigin: "cors"
        case .unwantedAddress: FilterID.address.rawValue
        case .unknownEncoding: "unknown_encoding"
        case .bodyTooLarge: "too_large"
        case .tooSlow: "too_slow"
        case .badBody: "bad_compression"
        case .badEnvelope(let error): error.isTooLarge ? "too_large" : "invalid_envelope"
        case .badForm: "invalid_form"
        case .badItem(let fault): fault.reason
        case .tooManyEntries: "too_many"
        case .unknownReportType: "unknown_report_type"
        case .badEventID: "invalid_event_id"
        case .emptyBody: "empty_body"
        case .badBase64: "bad_base64"
        case .dropped(let drop): drop.reason
        case .rateLimited(let limits): limits.first?.reason ?? "rate_limited"
        case .overloaded: "queue_full"
        case .unavailable: "store_unavailable"
        }
    }

    static func detail(of limits: [RateLimit]) -> String {
        let names = limits.map { "\($0.reason) for \($0.seconds) s" }.joined(separator: ", ")
        return "rate limited by \(names): send less, or raise the limit"
    }
}
