// Keeps what a connection does on the thread that reads and writes it.

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1 connections whose requests run on their own event loop.
///
/// Untold, a request is read on an event loop, handled by a thread of the common pool, and answered on the event loop
/// again: two handovers between threads that cost more than many a request. What blocks has a thread of its own
/// anyway: the recorder, the database's readers, the hashing of passwords.
struct LoopBoundHTTP: ServerChildChannel {
    private let http: HTTP1Channel
    private let census: ConnectionCensus

    init(
        _ responder: @escaping HTTPChannelHandler.Responder, _ configuration: HTTP1Channel.Configuration,
        _ census: ConnectionCensus
    ) {
        self.census = census
        http = HTTP1Channel(
            responder: { request, writer, channel in
                // A connection that is closing has nothing to be watched any more.
                let watch = try? channel.pipeline.syncOperations.handler(type: ConnectionWatch.self)
                watch?.requestBegins()
                defer { watch?.requestEnds() }
                try await responder(request, writer, channel)
            }, configuration: configuration)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        do {
            try channel.pipeline.syncOperations.addHandler(ConnectionWatch(census))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return http.setup(channel: channel, logger: logger)
    }

    func handle(value connection: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor.executor(of: connection.channel.eventLoop)) {
            await http.handle(value: connection, logger: logger)
        }
    }
}
