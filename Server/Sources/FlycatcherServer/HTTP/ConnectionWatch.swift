// Closes connections that ask for nothing: those that never finish a first request, and idle ones in a crowd.

import NIOCore
import Synchronization

/// How many connections are open.
final class ConnectionCensus: Sendable {
    private let count = Atomic<Int>(0)
    private let crowd: Int

    /// - Parameter crowd: from so many on, connections that wait give way to new ones.
    init(crowd: Int) {
        self.crowd = crowd
    }

    var isCrowded: Bool { count.load(ordering: .relaxed) >= crowd }

    func add(_ number: Int) {
        count.add(number, ordering: .relaxed)
    }
}

/// Watches one connection.
///
/// Whoever drips a request's head, or opens connections and leaves them, holds a place that others need. The time for
/// an idle connection as such is the server's.
final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// In so long the first request must have begun: its head must be here.
    private static let firstHead = TimeAmount.seconds(20)
    /// In a crowd, a connection may wait so long between requests.
    private static let waitInCrowd = TimeAmount.seconds(5)
    private static let pause = TimeAmount.seconds(5)

    private let census: ConnectionCensus
    private var waitsSince = NIODeadline.now()
    private var isCounted = false
    private var hasAsked = false
    private var isAsking = false
    private var nextLook: Scheduled<Void>?

    init(_ census: ConnectionCensus) {
        self.census = census
    }

    /// A request has come, its head at least.
    func requestBegins() {
        hasAsked = true
        isAsking = true
    }

    /// The request has been answered.
    func requestEnds() {
        isAsking = false
        waitsSince = .now()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isCounted else { return }
        isCounted = true
        census.add(1)
        waitsSince = .now()
        lookLater(context)
    }

    private func end() {
        guard isCounted else { return }
        isCounted = false
        census.add(-1)
        nextLook?.cancel()
        nextLook = nil
    }

    private func lookLater(_ context: ChannelHandlerContext) {
        nextLook = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            guard self.isCounted else { return }
            if self.isInTheWay { context.close(promise: nil) } else { self.lookLater(context) }
        }
    }

    private var isInTheWay: Bool {
        let wait = NIODeadline.now() - waitsSince
        if !hasAsked { return wait >= (census.isCrowded ? Self.waitInCrowd : Self.firstHead) }
        return !isAsking && census.isCrowded && wait >= Self.waitInCrowd
    }
}
