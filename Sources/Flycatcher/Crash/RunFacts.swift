// What has to be known of a run to report its end, from another process.

import FlycatcherWire

/// What a client works by and what its events always say, as it is written into the run's file.
struct RunFacts: Sendable {
    var dsn: String
    var release: String?
    var dist: String?
    var environment: String
    var serverName: String?
    var program: String
    var contexts: [String: [String: Flycatcher.JSONValue]]
    /// The trace of everything that has no other.
    var traceID: String?
    var spanID: String?
    /// The session of the run, if there is one.
    var session: Session?
    /// Whether requests are counted as sessions.
    var countsRequests: Bool
    /// The options by which an event is made and sent.
    var options: [String: Flycatcher.JSONValue]

    struct Session: Sendable {
        var id: String
        var startedAt: Timestamp
        var userID: String?
    }
}

extension RunFacts {
    init(_ client: Client) {
        let settings = client.settings
        let place = client.tracer.position.place
        self.init(
            dsn: settings.dsn?.publicText ?? "", release: settings.release,
            dist: settings.options.dist, environment: settings.environment, serverName: settings.serverName,
            program: ProcessFacts.executable, contexts: Host.contexts, traceID: place.traceID.description,
            spanID: place.spanID.description, session: client.sessions.runSession,
            countsRequests: client.sessions.aggregates != nil, options: settings.deliveryOptions)
    }

    /// All of it as named values.
    var fields: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "dsn": .string(dsn), "environment": .string(environment), "program": .string(program),
            "contexts": .object(contexts.mapValues { .object($0) }), "counts_requests": .bool(countsRequests),
            "options": .object(options),
        ]
        let texts = [
            "release": release, "dist": dist, "server_name": serverName, "trace_id": traceID,
            "span_id": spanID, "session_id": session?.id, "session_user": session?.userID,
        ]
        for case (let name, let text?) in texts { fields[name] = .string(text) }
        fields["session_started"] = (session?.startedAt.microseconds).map { .integer(Int($0)) }
        return fields
    }

    /// Reads them back; nil when it is not known where to send to.
    init?(_ fields: [String: Flycatcher.JSONValue]) {
        guard let dsn = fields["dsn"]?.text, let environment = fields["environment"]?.text else { return nil }
        self.init(
            dsn: dsn, release: fields["release"]?.text, dist: fields["dist"]?.text, environment: environment,
            serverName: fields["server_name"]?.text, program: fields["program"]?.text ?? "",
            contexts: (fields["contexts"]?.members ?? [:]).compactMapValues(\.members),
            traceID: fields["trace_id"]?.text, spanID: fields["span_id"]?.text, session: nil,
            countsRequests: fields["counts_requests"] == .bool(true),
            options: fields["options"]?.members ?? [:])
        if let id = fields["session_id"]?.text, case .integer(let started)? = fields["session_started"] {
            session = Session(
                id: id, startedAt: Timestamp(microseconds: Int64(started)),
                userID: fields["session_user"]?.text)
        }
    }
}

extension Settings {
    /// What an event of this client goes by that is sent by another process.
    fileprivate var deliveryOptions: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "sample_rate": .double(sampleRate), "max_breadcrumbs": .integer(maxBreadcrumbs),
            "max_value_length": .integer(maxValueLength), "max_stack_frames": .integer(maxStackFrames),
            "in_app_include": .array(inAppInclude.map { .string($0) }),
            "in_app_exclude": .array(inAppExclude.map { .string($0) }),
            "compress": .bool(options.compressRequests), "reports": .bool(options.sendClientReports),
            "user_info": .bool(dataCollection.userInfo), "debug": .bool(diagnostics.threshold != nil),
        ]
        fields["http_proxy"] = httpProxy.map { .string($0) }
        fields["https_proxy"] = httpsProxy.map { .string($0) }
        fields["certificates"] = options.caCertificates.map { .string($0) }
        return fields
    }
}

extension Flycatcher.Options {
    /// Those by which the end of a run is reported that chose these facts.
    init(_ facts: RunFacts) {
        self.init()
        let fields = facts.options
        dsn = facts.dsn
        // Nothing is to be looked for in this process.
        release = facts.release ?? ""
        dist = facts.dist
        environment = facts.environment
        serverName = facts.serverName
        sampleRate = fields["sample_rate"]?.number
        maxBreadcrumbs = fields["max_breadcrumbs"]?.count ?? maxBreadcrumbs
        maxValueLength = fields["max_value_length"]?.count ?? maxValueLength
        maxStackFrames = fields["max_stack_frames"]?.count ?? maxStackFrames
        inAppInclude = fields["in_app_include"]?.texts ?? []
        inAppExclude = fields["in_app_exclude"]?.texts ?? []
        compressRequests = fields["compress"] != .bool(false)
        sendClientReports = fields["reports"] != .bool(false)
        sendDefaultPii = fields["user_info"] == .bool(true)
        debug = fields["debug"] == .bool(true)
        httpProxy = fields["http_proxy"]?.text
        httpsProxy = fields["https_proxy"]?.text
        caCertificates = fields["certificates"]?.text
    }
}

extension Flycatcher.JSONValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate var members: [String: Flycatcher.JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    fileprivate var number: Double? {
        if case .double(let number) = self { number } else { nil }
    }

    fileprivate var count: Int? {
        if case .integer(let number) = self { number } else { nil }
    }

    fileprivate var texts: [String]? {
        if case .array(let values) = self { values.compactMap(\.text) } else { nil }
    }
}
