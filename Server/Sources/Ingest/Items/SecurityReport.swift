// Reads what browsers report about policies, and makes events of it (protocol section 20).

import TapeJSON

/// A report that a browser sent by itself.
public enum SecurityReport {
    /// Reports of one request.
    public static let maximumCount = 100

    /// What is known besides the report.
    public struct Circumstances: Sendable {
        public let release: String?
        public let environment: String?
        public let userAgent: String?

        public init(release: String?, environment: String?, userAgent: String?) {
            self.release = release
            self.environment = environment
            self.userAgent = userAgent
        }
    }

    /// What came of a body.
    public struct Contents: Sendable {
        /// An event as JSON for each report.
        public var events: [[UInt8]] = []
        /// Reports about what browser extensions do.
        public var ignoredCount: Int64 = 0
        /// Reports of no kind that is known.
        public var invalidCount: Int64 = 0
    }

    /// Reads a body: one report, or an array of the Reporting API.
    ///
    /// - Throws: ``ItemFault`` when the body is no report at all.
    public static func read(_ body: [UInt8], _ circumstances: Circumstances) throws(ItemFault) -> Contents {
        let json: JSONDocument
        do {
            json = try JSONDocument(parsing: body)
        } catch {
            throw .invalidJSON
        }
        var contents = Contents()
        let isList = json.kind(json.root) == .array
        let reports = isList ? Array(json.children(of: json.root)) : [json.root]
        for node in reports.prefix(maximumCount) {
            guard let reading = ReportReading(node, in: json) else {
                contents.invalidCount += 1
                continue
            }
            if reading.isOfExtension {
                contents.ignoredCount += 1
            } else {
                contents.events.append(reading.event(circumstances))
            }
        }
        contents.invalidCount += Int64(max(0, reports.count - maximumCount))
        guard isList || contents.invalidCount == 0 else { throw .missing("report") }
        return contents
    }
}

/// One report, whatever its form.
private struct ReportReading {
    private enum Kind: String {
        case csp
        case hpkp
        case expectct
        case expectstaple
    }

    private let kind: Kind
    private let fields: [(name: String, value: String)]

    /// Names of the Reporting API beside those of the older form.
    private static let cspNames: [(own: String, names: [JSONKey])] = [
        ("document_uri", ["document-uri", "documentURL", "documentURI"]), ("referrer", ["referrer"]),
        ("blocked_uri", ["blocked-uri", "blockedURL", "blockedURI"]),
        ("violated_directive", ["violated-directive", "violatedDirective"]),
        ("effective_directive", ["effective-directive", "effectiveDirective"]),
        ("original_policy", ["original-policy", "originalPolicy"]), ("disposition", ["disposition"]),
        ("status_code", ["status-code", "statusCode"]), ("line_number", ["line-number", "lineNumber"]),
        ("column_number", ["column-number", "columnNumber"]), ("source_file", ["source-file", "sourceFile"]),
        ("script_sample", ["script-sample", "sample"]),
    ]

    private static let certificateNames: [(own: String, names: [JSONKey])] = [
        ("date_time", ["date-time"]), ("hostname", ["hostname"]), ("port", ["port"]), ("scheme", ["scheme"]),
        ("noted_hostname", ["noted-hostname"]), ("effective_expiration_date", ["effective-expiration-date"]),
        ("failure_mode", ["failure-mode"]), ("response_status", ["response-status"]),
        ("cert_status", ["cert-status"]),
    ]

    init?(_ node: JSONNode, in json: JSONDocument) {
        let found: (Kind, JSONNode)? =
            if let report = json.member("csp-report", of: node) {
                (.csp, report)
            } else if let body = json.member("body", of: node),
                json.member("type", of: node).flatMap({ json.string($0) }) == "csp-violation"
            {
                (.csp, body)
            } else if let report = json.member("expect-ct-report", of: node) {
                (.expectct, report)
            } else if let report = json.member("expect-staple-report", of: node) {
                (.expectstaple, report)
            } else if json.member("known-pins", of: node) != nil {
                (.hpkp, node)
            } else {
                nil
            }
        guard let (kind, report) = found, json.kind(report) == .object else { return nil }
        self.kind = kind
        let names = kind == .csp ? Self.cspNames : Self.certificateNames
        fields = names.compactMap { own, names in
            let node = names.lazy.compactMap { json.member($0, of: report) }.first
            let text = node.flatMap { json.string($0) ?? json.numberText($0) }
            return text.map { (own, String($0.unicodeScalars.prefix(4096).map(Character.init))) }
        }
        let isSaying = kind == .csp ? !directive.isEmpty : !self["hostname"].isEmpty
        guard isSaying else { return nil }
    }

    private subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// The directive without its sources.
    private var directive: String {
        let text =
            self["effective_directive"].isEmpty ? self["violated_directive"] : self["effective_directive"]
        return String(text.prefix { $0 != " " })
    }

    private static let extensionSchemes: [String] = [
        "chrome-extension", "moz-extension", "safari-extension", "safari-web-extension",
        "ms-browser-extension",
        "webkit-masked-url", "chrome", "resource", "opera",
    ]

    var isOfExtension: Bool {
        kind == .csp
            && [self["blocked_uri"], self["source_file"]].contains { address in
                Self.extensionSchemes.contains { address == $0 || address.hasPrefix($0 + ":") }
            }
    }

    /// The host of what was blocked, or the word that stands for it.
    private var blocked: String {
        let address = self["blocked_uri"]
        guard let start = address.firstRange(of: "://") else {
            return address.isEmpty ? "self" : String(address.prefix { $0 != ":" })
        }
        return String(address[start.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }

    private var message: String {
        switch kind {
        case .csp:
            let what = directive.hasSuffix("-src") ? String(directive.dropLast(4)) : directive
            return switch blocked {
            case "inline", "self": "Blocked inline '\(what)'"
            case "eval": "Blocked unsafe eval() '\(what)'"
            default: "Blocked '\(what)' from '\(blocked)'"
            }
        case .hpkp: return "Public key pinning validation failed for '\(self["hostname"])'"
        case .expectct: return "Expect-CT failed for '\(self["hostname"])'"
        case .expectstaple: return "Expect-Staple failed for '\(self["hostname"])'"
        }
    }

    func event(_ circumstances: SecurityReport.Circumstances) -> [UInt8] {
        var json = JSONDocument()
        let report = json.makeObject()
        for field in fields { json.set(named: field.name, of: report, to: json.makeString(field.value)) }
        json.set(named: kind.rawValue, of: json.root, to: report)
        let tags = json.makeObject()
        if kind == .csp {
            json.set("effective-directive", of: tags, to: json.makeString(directive))
            json.set("blocked-uri", of: tags, to: json.makeString(String(blocked.prefix(200))))
        } else {
            json.set("hostname", of: tags, to: json.makeString(String(self["hostname"].prefix(200))))
        }
        json.set("tags", of: json.root, to: tags)
        let entry = json.makeObject()
        json.set("formatted", of: entry, to: json.makeString(message))
        json.set("logentry", of: json.root, to: entry)
        json.set("logger", of: json.root, to: json.makeString(kind.rawValue))
        json.set("level", of: json.root, to: json.makeString("error"))
        json.set("request", of: json.root, to: request(circumstances, &json))
        let user = json.makeObject()
        json.set("ip_address", of: user, to: json.makeString("{{auto}}"))
        json.set("user", of: json.root, to: user)
        if let release = circumstances.release {
            json.set("release", of: json.root, to: json.makeString(release))
        }
        if let environment = circumstances.environment {
            json.set("environment", of: json.root, to: json.makeString(environment))
        }
        return json.serialized(json.root)
    }

    private func request(
        _ circumstances: SecurityReport.Circumstances, _ json: inout JSONDocument
    ) -> JSONNode {
        let request = json.makeObject()
        if !self["document_uri"].isEmpty {
            json.set("url", of: request, to: json.makeString(self["document_uri"]))
        }
        let headers = json.makeObject()
        if let agent = circumstances.userAgent {
            json.set("User-Agent", of: headers, to: json.makeString(agent))
        }
        if !self["referrer"].isEmpty {
            json.set("Referer", of: headers, to: json.makeString(self["referrer"]))
        }
        json.set("headers", of: request, to: headers)
        return request
    }
}
