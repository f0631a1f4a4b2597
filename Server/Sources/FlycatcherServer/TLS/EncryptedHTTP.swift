// HTTP over TLS, for installations without a proxy that does it.

import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Connections that are encrypted with whatever certificate is the current one when they begin.
struct EncryptedHTTP: ServerChildChannel {
    let plain: LoopBoundHTTP
    let certificate: CertificateFiles

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<LoopBoundHTTP.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
        }.flatMap {
            plain.setup(channel: channel, logger: logger)
        }
    }

    func handle(value connection: LoopBoundHTTP.Value, logger: Logger) async {
        await plain.handle(value: connection, logger: logger)
    }
}

extension Composition {
    /// Looks for renewed certificates every ten seconds.
    var certificateWatch: RepeatingJob {
        RepeatingJob(description: "look for renewed certificates", interval: .seconds(10)) {
            certificate?.refresh()
        }
    }
}
