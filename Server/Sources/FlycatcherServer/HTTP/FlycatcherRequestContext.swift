// What a request carries on its way through the routes.

import Hummingbird
import Logging
import NIOCore

/// The context of every request: where it came from and, for pages, who asks and what their form says.
struct FlycatcherRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the other end of the connection, without its port; nil for a local socket.
    let peerAddress: String?
    /// What the request is called in log lines and in its answer; ``Doorstep`` may take the name that it came with.
    private(set) var name = ""
    /// The connection; nil for a request that comes from somewhere else.
    let channel: (any Channel)?
    /// Nanoseconds for which it stood in line before anybody looked at it.
    let wait: UInt64
    /// Who asks; set for pages only, ingest never looks.
    var visitor: Visitor = .unknown
    /// What a form has posted, checked; empty for everything else.
    var form = FormFields.none

    /// Forms are small; ingest reads its bodies by its own limits.
    var maxUploadSize: Int { FormFields.maximumBytes }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress
        channel = source.channel
        wait = EventLoopExecutor.executor(of: source.channel.eventLoop).wait
        name = Self.name(by: logger)
    }

    /// A request that comes from somewhere else than a connection.
    init(source: some RequestContextSource, peerAddress: String?) {
        coreContext = CoreRequestContextStorage(source: source)
        self.peerAddress = peerAddress
        channel = nil
        wait = 0
        name = Self.name(by: logger)
    }

    /// Calls the request by another name from now on.
    mutating func call(_ name: String) {
        self.name = name
        logger[metadataKey: Self.nameKey] = "\(name)"
    }

    /// Where the framework notes the name of a request for its log lines.
    static let nameKey = "hb.request.id"

    private static func name(by logger: Logger) -> String {
        logger[metadataKey: nameKey]?.description ?? "unnamed"
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
