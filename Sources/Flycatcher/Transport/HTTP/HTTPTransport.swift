// Carries envelopes over HTTP.

import FlycatcherWire

/// Posts each envelope to the endpoint of a DSN, compressed where that helps, over a connection that is kept open.
final class HTTPTransport: Flycatcher.Transport {
    /// Smaller bodies go as they are: packing would save nothing that fits into one packet anyway.
    static let gzipThreshold = 1024

    private let client: any HTTPClient
    private let isCompressing: Bool

    init(_ client: any HTTPClient, isCompressing: Bool) {
        self.client = client
        self.isCompressing = isCompressing
    }

    func send(_ envelope: Flycatcher.Envelope) throws -> Flycatcher.ServerAnswer {
        let plain = envelope.serialized()
        guard isCompressing, plain.count > Self.gzipThreshold, case let packed = Gzip.packed(plain),
            packed.count < plain.count
        else { return try client.post(plain, isGzip: false) }
        return try client.post(packed, isGzip: true)
    }

    func close() {
        client.close()
    }
}

extension HTTPTarget {
    /// The place that a DSN names.
    init(_ dsn: DSN, httpProxy: String?, httpsProxy: String?, certificateFile: String?) {
        let auth = SentryAuth(
            publicKey: dsn.publicKey, client: SDKIdentity.userAgent, secretKey: dsn.secretKey)
        url = dsn.endpointURL("envelope")
        headers = [
            ("Content-Type", "application/x-sentry-envelope"), ("X-Sentry-Auth", auth.headerValue),
            ("User-Agent", SDKIdentity.userAgent),
        ]
        proxy = url.hasPrefix("https:") ? httpsProxy : httpProxy
        self.certificateFile = certificateFile
    }
}
