// A request that the app makes, and what is told about it.

import FlycatcherWire

/// Knows how an outgoing request shows in spans, breadcrumbs and events.
struct Exchange {
    private let request: Flycatcher.ObservedRequest
    private let url: Flycatcher.ReportedURL
    private let origin: String
    private let settings: Settings

    init(_ request: Flycatcher.ObservedRequest, _ origin: String, _ settings: Settings) {
        self.request = request
        self.origin = origin
        self.settings = settings
        url = Flycatcher.ReportedURL(request.url, collection: settings.dataCollection)
    }

    /// What it is called: method and address, without query.
    var description: String { "\(request.method) \(url.text)" }

    func describe(_ span: Flycatcher.Span) {
        guard span.isRecording else { return }
        span.setData("http.request.method", to: .string(request.method))
        span.setData("url.full", to: .string(url.description))
        url.query.map { span.setData("http.query", to: .string($0)) }
        url.fragment.map { span.setData("http.fragment", to: .string($0)) }
        let (host, port) = url.authority
        host.map { span.setData("server.address", to: .string($0)) }
        port.map { span.setData("server.port", to: .integer($0)) }
    }

    /// Notes what came back.
    func end(with answer: Flycatcher.ObservedAnswer, _ span: Flycatcher.Span) {
        span.setHTTPStatus(answer.status)
        captureFailure(answer)
        var data = data
        data["status_code"] = .integer(answer.status)
        data["http.response.body.size"] = answer.bodySize.map { .integer($0) }
        leaveBreadcrumb(Self.level(of: answer.status), data)
    }

    /// Notes that nothing came back.
    func fail(with error: any Error) {
        var data = data
        data["reason"] = .string(String(describing: error))
        leaveBreadcrumb(.error, data)
    }

    private var data: [String: Flycatcher.JSONValue] {
        var data: [String: Flycatcher.JSONValue] = [
            "url": .string(url.text), "method": .string(request.method),
        ]
        data["http.query"] = url.query.map { .string($0) }
        data["http.fragment"] = url.fragment.map { .string($0) }
        data["http.request.body.size"] = request.body.map { .integer($0.count) }
        return data
    }

    private func leaveBreadcrumb(_ level: Flycatcher.Level, _ data: [String: Flycatcher.JSONValue]) {
        Flycatcher.addBreadcrumb(
            Flycatcher.Breadcrumb(category: "http", level: level, type: "http", data: data))
    }

    private static func level(of status: Int) -> Flycatcher.Level {
        switch status {
        case ..<400: .info
        case ..<500: .warning
        default: .error
        }
    }

    /// Reports an answer that the app has declared a failure.
    private func captureFailure(_ answer: Flycatcher.ObservedAnswer) {
        let options = settings.options
        guard options.captureFailedRequests,
            options.failedRequestStatusCodes.contains(where: { $0.contains(answer.status) }),
            options.failedRequestTargets?.matches(request.url) ?? true
        else { return }
        var exception = Flycatcher.ExceptionValue(
            type: "HTTPClientError", value: "HTTP Client Error with status code: \(answer.status)")
        exception.mechanism = Flycatcher.Mechanism(type: origin, isHandled: true)
        var event = Flycatcher.Event(exceptions: [exception])
        event.request = Flycatcher.Request(
            request, collection: settings.dataCollection, maxBodySize: settings.options.maxRequestBodySize)
        event.contexts["response"] = responseContext(answer)
        Flycatcher.capture(event: event)
    }

    private func responseContext(_ answer: Flycatcher.ObservedAnswer) -> [String: Flycatcher.JSONValue] {
        var context: [String: Flycatcher.JSONValue] = ["status_code": .integer(answer.status)]
        context["body_size"] = answer.bodySize.map { .integer($0) }
        let observed = Flycatcher.ObservedRequest(method: "", url: "", headers: answer.headers)
        let headers = Flycatcher.Request(observed, collection: settings.dataCollection, maxBodySize: .none)
            .headers
        if !headers.isEmpty { context["headers"] = .object(headers.mapValues { .string($0) }) }
        return context
    }
}

extension Flycatcher.ReportedURL {
    /// The host, and the port where the address names one.
    fileprivate var authority: (host: String?, port: Int?) {
        guard let slashes = text.firstRange(of: "//") else { return (nil, nil) }
        let place = text[slashes.upperBound...].prefix { $0 != "/" }.split(separator: "@").last ?? ""
        guard let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") else {
            return (String(place), nil)
        }
        return (String(place[..<colon]), Int(place[colon...].dropFirst()))
    }
}

extension Client {
    /// Whether a URL is that of the server that events are sent to.
    func isReportTarget(_ url: String) -> Bool {
        settings.dsn?.isTarget(of: url) ?? false
    }
}
