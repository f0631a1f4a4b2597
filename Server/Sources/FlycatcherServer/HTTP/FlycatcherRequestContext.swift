// What a request carries on its way through the routes.

import Hummingbird
import Logging
import Model

/// The context of every request: where it came from and, on pages and the web API, who asks.
struct FlycatcherRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the other end of the connection, without its port; nil for a local socket.
    let peerAddress: String?
    /// Who is signed in; set for pages and the web API only, ingest never asks.
    var session: Session?

    /// Forms are small; ingest reads its bodies by its own limits.
    var maxUploadSize: Int { 64 * 1024 }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
    }
}
