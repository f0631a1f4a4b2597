// The certificate and key that the server shows, from files that may be renewed while it runs.

import Logging
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where certificate and key lie.
public struct CertificatePaths: Hashable, Sendable {
    /// The server's certificate and those between it and its root, in PEM.
    public let certificate: String
    /// The private key, in PEM.
    public let key: String
}

/// A certificate in use, read anew when its files change.
///
/// A renewed pair takes its place for new connections; one that makes no sense is told of, and the old one stays.
final class CertificateFiles: Sendable {
    private let paths: CertificatePaths
    private let logger: Logger
    private let current: Mutex<Current>

    private struct Current {
        var context: NIOSSLContext
        var marks: [FileMark?]
    }

    /// - Throws: ``CertificateError``.
    init(_ paths: CertificatePaths, logger: Logger) throws {
        self.paths = paths
        self.logger = logger
        let marks = Self.marks(of: paths)
        current = Mutex(Current(context: try Self.context(paths), marks: marks))
    }

    /// What a new connection is encrypted with.
    var context: NIOSSLContext { current.withLock { $0.context } }

    /// Looks whether the files have changed, and takes them if they make sense.
    func refresh() {
        let marks = Self.marks(of: paths)
        guard marks != current.withLock({ $0.marks }) else { return }
        do {
            let context = try Self.context(paths)
            current.withLock { $0 = Current(context: context, marks: marks) }
            logger.notice("took the renewed certificate")
        } catch {
            // Whoever renews them may be between the two files, of which the second will tell.
            current.withLock { $0.marks = marks }
            logger.warning("the renewed certificate makes no sense, going on with the old one", error: error)
        }
    }

    private static func context(_ paths: CertificatePaths) throws -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(paths.certificate)
        } catch {
            throw CertificateError(paths.certificate, "holds no certificate in PEM", error)
        }
        guard !chain.isEmpty else {
            throw CertificateError(paths.certificate, "holds no certificate in PEM", nil)
        }
        do {
            let key = try NIOSSLPrivateKey(file: paths.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw CertificateError(paths.key, "holds no private key in PEM that fits the certificate", error)
        }
    }

    private static func marks(of paths: CertificatePaths) -> [FileMark?] {
        [FileMark(paths.certificate), FileMark(paths.key)]
    }
}

/// A certificate or key that cannot be used.
struct CertificateError: Error, CustomStringConvertible {
    let description: String

    init(_ path: String, _ fault: String, _ error: (any Error)?) {
        let reason = error.map { " (\($0))" } ?? ""
        description = "\(path) \(fault)\(reason); check --tls-certificate and --tls-key"
    }
}

/// By what one sees that a file is another one than before.
private struct FileMark: Hashable {
    let node: UInt64
    let size: Int64
    let seconds: Int64

    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        node = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            seconds = Int64(status.st_mtimespec.tv_sec)
        #else
            seconds = Int64(status.st_mtim.tv_sec)
        #endif
    }
}
