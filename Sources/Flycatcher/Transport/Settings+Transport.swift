// Which way the settings say that envelopes go.

import FlycatcherWire

extension Settings {
    /// The app's own transport, else HTTP to the DSN's server; nil when there is nowhere to send to.
    static func transport(
        _ options: Flycatcher.Options, _ dsn: DSN?, _ variables: Variables, _ diagnostics: Diagnostics
    ) -> (any Flycatcher.Transport)? {
        if let transport = options.transport { return transport }
        guard let dsn else { return nil }
        let target = HTTPTarget(
            dsn, httpProxy: options.httpProxy ?? httpProxy(variables),
            httpsProxy: options.httpsProxy ?? variables["https_proxy"] ?? variables["HTTPS_PROXY"],
            certificateFile: options.caCertificates)
        return HTTPClients.client(for: target, diagnostics).map {
            HTTPTransport($0, isCompressing: options.compressRequests)
        }
    }

    /// In a CGI program a client's request can set `HTTP_PROXY`, by a header `Proxy`; so it does not count there.
    private static func httpProxy(_ variables: Variables) -> String? {
        variables["http_proxy"] ?? (variables["REQUEST_METHOD"] == nil ? variables["HTTP_PROXY"] : nil)
    }
}
