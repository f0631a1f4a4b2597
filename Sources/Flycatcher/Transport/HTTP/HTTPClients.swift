// Chooses the HTTP client of the platform.

import Foundation

/// What makes clients.
enum HTTPClients {
    /// The best client at hand; nil, said on the standard error output, when there is none.
    static func client(for target: HTTPTarget, _ diagnostics: Diagnostics) -> (any HTTPClient)? {
        if let file = target.certificateFile, !isReadable(file) {
            diagnostics.complain(
                "the file of caCertificates can't be read, so nothing will be reported: \(file)")
            return nil
        }
        if let client = CurlClient(target) { return client }
        #if canImport(Darwin) || canImport(Musl)
            return foundationClient(for: target, diagnostics)
        #else
            diagnostics.complain("libcurl is not installed, so nothing will be reported: install libcurl4")
            return nil
        #endif
    }

    private static func isReadable(_ path: String) -> Bool {
        guard let file = fopen(path, "r") else { return false }
        fclose(file)
        return true
    }

    #if canImport(Darwin) || canImport(Musl)
        /// Trusting others than those that the app named, or passing its proxy by, would be worse than silence.
        private static func foundationClient(
            for target: HTTPTarget, _ diagnostics: Diagnostics
        ) -> (any HTTPClient)? {
            guard target.proxy == nil, target.certificateFile == nil else {
                diagnostics.complain("a proxy or caCertificates need libcurl, so nothing will be reported")
                return nil
            }
            return URLSessionClient(target)
        }
    #endif
}
