// What is done with a body that nobody wants to read.

import HTTPTypes
import Hummingbird
import NIOCore

extension FlycatcherRequestContext {
    /// A body up to this size is read and thrown away, so that the connection can go on.
    private static let smallBytes = 256 << 10
    /// For so long the client may go on sending, so that it reads the answer instead of an error of the connection.
    private static let patience = TimeAmount.seconds(2)

    /// Answers a request whose body stays unread: the connection is given up unless the rest is small.
    ///
    /// Whoever is told so stops sending; who does not is cut off a little later.
    func leaveUnread(_ request: Request, _ response: inout Response) {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length <= Self.smallBytes {
            return
        }
        guard let channel else { return }
        response.headers[.connection] = "close"
        channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }
}
