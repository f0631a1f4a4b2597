// What a request carries on its way through the routes.

import Hummingbird
import Logging

/// The context of every request: where it came from and, for pages, who asks and what their form says.
struct FlycatcherRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the other end of the connection, without its port; nil for a local socket.
    let peerAddress: String?
    /// Who asks; set for pages only, ingest never looks.
    var visitor: Visitor = .unknown
    /// What a form has posted, checked; empty for everything else.
    var form = FormFields.none

    /// Forms are small; ingest reads its bodies by its own limits.
    var maxUploadSize: Int { FormFields.maximumBytes }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
    }

    /// A request that comes from somewhere else than a connection.
    init(source: some RequestContextSource, peerAddress: String?) {
        coreContext = CoreRequestContextStorage(source: source)
        self.peerAddress = peerAddress
    }
}

extension FlycatcherRequestContext {
    /// Logs what became of a request.
    ///
    /// The route stands for the path, which may hold secrets or what people search for.
    func logAnswer(_ response: Response, to request: Request) {
        logger.debug(
            "answered",
            metadata: [
                "method": "\(request.method)", "route": "\(endpointPath ?? "-")",
                "status": "\(response.status.code)",
            ])
    }
}
