// Posts with the system's libcurl.

import CCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps one connection open; docs/decisions/0018-libcurl-at-run-time.md says why this and not `URLSession`.
///
/// Unchecked: the pointer never changes, the C side takes `close` from any thread, and the lock keeps posts apart.
final class CurlClient: HTTPClient, @unchecked Sendable {
    private let client: OpaquePointer
    private let isPosting = Mutex(())

    /// Prepares the way; nil when there is no libcurl.
    init?(_ target: HTTPTarget) {
        let lines = target.headers.map { strdup("\($0.name): \($0.value)") }
        defer { for line in lines { free(line) } }
        let pointers = lines.map { UnsafePointer($0) } + [nil]
        let client = pointers.withUnsafeBufferPointer { headers in
            target.url.withCString { url in
                Self.withOptionalCString(target.proxy) { proxy in
                    Self.withOptionalCString(target.certificateFile) { file in
                        var options = ccurl_options(
                            url: url, headers: headers.baseAddress,
                            timeout_milliseconds: Int(HTTPTarget.timeout / .milliseconds(1)),
                            proxy: proxy, certificate_file: file)
                        return ccurl_make(&options)
                    }
                }
            }
        }
        guard let client else { return nil }
        self.client = client
    }

    deinit {
        ccurl_free(client)
    }

    func post(_ body: [UInt8], isGzip: Bool) throws(HTTPFailure) -> Flycatcher.ServerAnswer {
        var answer = ccurl_answer()
        let code = isPosting.withLock { _ in
            body.withUnsafeBufferPointer { ccurl_post(client, $0.baseAddress, $0.count, isGzip, &answer) }
        }
        guard code == 0 else {
            throw HTTPFailure(
                description: ccurl_error_text(code).map { String(cString: $0) } ?? "error \(code)")
        }
        return Flycatcher.ServerAnswer(
            status: answer.status, retryAfter: Self.text(of: answer.retry_after),
            rateLimits: Self.text(of: answer.rate_limits))
    }

    func close() {
        ccurl_close(client)
    }

    /// The text in an array of C, which is a tuple here; nil when there is none.
    private static func text<Characters>(of characters: Characters) -> String? {
        let text = withUnsafeBytes(of: characters) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return text.isEmpty ? nil : text
    }

    private static func withOptionalCString<Result>(
        _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
    ) -> Result {
        guard let text else { return body(nil) }
        return text.withCString { body($0) }
    }
}
