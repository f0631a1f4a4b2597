// Deaths in code that awaits.

import Foundation

enum Tasks {
    @inline(never) static func die() {
        Task.detached { await placeOrder() }
        Threads.waitForTheEnd()
    }

    @inline(never) static func resumeTwice() {
        Task.detached { await answerTwice() }
        Threads.waitForTheEnd()
    }

    @inline(never) static func trespass() {
        Threads.begin(named: "trespasser") { showOnTheMainActor() }
        Threads.waitForTheEnd()
    }

    @inline(never) private static func placeOrder() async {
        await Task.yield()
        await reserve(Chance.never ? 1 : nil)
        await Task.yield()
    }

    @inline(never) private static func reserve(_ article: Int?) async {
        await Task.yield()
        // swift-format-ignore: NeverForceUnwrap
        print(article!)  // dies: async
        await Task.yield()
    }

    @inline(never) private static func answerTwice() async {
        await withCheckedContinuation { continuation in
            continuation.resume()
            continuation.resume()  // dies: continuation
        }
    }

    @inline(never) private static func showOnTheMainActor() {
        MainActor.assumeIsolated { Signals.survive() }  // dies: isolation
    }
}
