// Which way the settings say that envelopes go.

import FlycatcherWire

extension Settings {
    /// The app's own transport, else HTTP to the DSN's server; nil when there is nowhere to send to.
    static func transport(
        _ options: Flycatcher.Options, _ dsn: DSN?, _ variables: Variables, _ diagnostics: Diagnostics
    ) -> (any Flycatcher.Transport)? {
        if let transport = options.transport { return transport }
        guard let dsn else {
            let spotlight = Flycatcher.Spotlight.resolved(
                options.spotlight, variable: variables["SENTRY_SPOTLIGHT"])
            return spotlight.address == nil ? nil : IdleTransport()
        }
        let target = HTTPTarget(
            dsn, httpProxy: options.httpProxy ?? httpProxy(variables),
            httpsProxy: options.httpsProxy ?? httpsProxy(variables),
            certificateFile: options.caCertificates)
        return HTTPClients.client(for: target, diagnostics).map {
            HTTPTransport($0, isCompressing: options.compressRequests)
        }
    }

    /// Where envelopes wait for a network, if the app wants that; a folder that can't be used is complained about.
    var envelopeCache: EnvelopeCache? {
        guard let directory = options.cacheDirectory, let project = dsn?.publicText else { return nil }
        let cache = EnvelopeCache(directory: directory, project: project, capacity: maxCacheItems)
        if cache == nil {
            diagnostics.complain("cacheDirectory cannot be used, so nothing is kept: \(directory)")
        }
        return cache
    }

    /// In a CGI program a client's request can set `HTTP_PROXY`, by a header `Proxy`; so it does not count there.
    static func httpProxy(_ variables: Variables) -> String? {
        variables["http_proxy"] ?? (variables["REQUEST_METHOD"] == nil ? variables["HTTP_PROXY"] : nil)
    }

    static func httpsProxy(_ variables: Variables) -> String? {
        variables["https_proxy"] ?? variables["HTTPS_PROXY"]
    }
}
