// The ways for an error to go from where it is thrown to where it is captured.

import Flycatcher
import Foundation

/// One way, and what a report should say about it.
struct Way: Sendable {
    let name: String
    /// Functions of this program that the stack leads through, in this order, the last of them being where it was thrown.
    let expected: [String]
    var isSnapshot = false
    var isApproximate = false
    /// How often it is thrown on; nil where that is the runtime's affair.
    var rethrowCount: Int?
    let run: @Sendable () async -> Void

    private static let direct = ["outer(_:)", "middle(_:)", "thrower(_:)"]
    private static let awaited = ["asyncOuter(_:)", "asyncMiddle(_:)", "asyncThrower(_:)"]
    private static let typed = ["typedMiddle(_:)", "typedThrower(_:)"]

    static let all: [Way] =
        [
            Way(name: "caught", expected: direct, rethrowCount: 0) {
                do { _ = try outer(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "copied", expected: direct) {
                do { _ = try outer(1) } catch {
                    let copies = [error, error]
                    Flycatcher.capture(error: copies[1])
                }
            },
            Way(name: "result", expected: direct) {
                let result = Result { try outer(1) }
                if case .failure(let error) = result { Flycatcher.capture(error: error) }
            },
            Way(name: "result that is opened", expected: direct) {
                let result = Result { try outer(1) }
                do { _ = try result.get() } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "stored", expected: direct) {
                let shelf = Shelf()
                do { _ = try outer(1) } catch { shelf.error = error }
                if let error = shelf.error { Flycatcher.capture(error: error) }
            },
            Way(name: "thrown on", expected: direct, rethrowCount: 1) {
                do { _ = try rethrower(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "rethrows", expected: ["applying(_:)", "thrower(_:)"]) {
                do { try applying { _ = try thrower(1) } } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "standard library", expected: ["mapping(_:)", "thrower(_:)"]) {
                do { _ = try mapping([1, 2]) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "class", expected: ["classThrower(_:)"]) {
                do { try classThrower(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "wide", expected: ["wideThrower(_:)"]) {
                do { try wideThrower(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "concrete", expected: direct, isApproximate: true) {
                do { _ = try outer(1) } catch let error as Plain { Flycatcher.capture(error: error) } catch {}
            },
            Way(name: "typed", expected: typed, isApproximate: true) {
                do throws(Choice) { _ = try typedMiddle(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "typed, then untyped", expected: typed, isApproximate: true) {
                do { _ = try untyped(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "typed with a payload", expected: ["typedPlain(_:)"], isApproximate: true) {
                do throws(Plain) { try typedPlain(1) } catch { Flycatcher.capture(error: error) }
            },
            Way(name: "last thrown", expected: direct) {
                do { _ = try outer(1) } catch { Flycatcher.capture() }
            },
            Way(name: "last thrown, of two", expected: ["classThrower(_:)"]) {
                do { _ = try outer(1) } catch {
                    do { try classThrower(1) } catch { Flycatcher.capture() }
                }
            },
            Way(name: "never thrown", expected: ["neverThrown()"], isSnapshot: true) { neverThrown() },
            Way(name: "never thrown, in a result", expected: ["openResult(_:)"], isSnapshot: true) {
                openResult(.failure(Unthrown(number: 2)))
            },
            Way(name: "with a cause", expected: ["wrapping(_:)"]) {
                do { _ = try wrapping(1) } catch { Flycatcher.capture(error: error) }
            },
        ] + asynchronous

    private static let asynchronous: [Way] = [
        Way(name: "async", expected: awaited) {
            do { _ = try await asyncOuter(1) } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "async, last thrown", expected: awaited) {
            do { _ = try await asyncOuter(1) } catch { Flycatcher.capture() }
        },
        Way(name: "async, typed", expected: ["asyncTyped(_:)"], isApproximate: true) {
            do throws(Choice) { try await asyncTyped(1) } catch {
                await Task.yield()
                Flycatcher.capture(error: error)
            }
        },
        Way(name: "value of a task", expected: awaited) {
            let task = Task.detached { try await asyncOuter(1) }
            do { _ = try await task.value } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "result of a task", expected: awaited) {
            let task = Task.detached { try await asyncOuter(1) }
            if case .failure(let error) = await task.result { Flycatcher.capture(error: error) }
        },
        Way(name: "task group", expected: awaited) {
            do {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    group.addTask { try await asyncOuter(1) }
                    _ = try await group.next()
                }
            } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "async let", expected: awaited) {
            async let value = asyncOuter(1)
            do { _ = try await value } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "checked continuation", expected: ["resuming(isChecked:)"] + direct) {
            do { try await resuming(isChecked: true) } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "unsafe continuation", expected: ["resuming(isChecked:)"] + direct) {
            do { try await resuming(isChecked: false) } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "stream", expected: ["streaming()"] + direct) {
            do { try await streaming() } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "continuation with an error of its own", expected: ["resumingAnew()"]) {
            do { try await resumingAnew() } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "actor", expected: ["asking(_:)", "Clerk.serve(_:)"]) {
            do { try await asking(Clerk()) } catch { Flycatcher.capture(error: error) }
        },
        Way(name: "captured by another task", expected: direct) {
            do { _ = try outer(1) } catch {
                await Task.detached { _ = Flycatcher.capture(error: error) }.value
            }
        },
        Way(name: "captured by another thread", expected: direct) {
            do { _ = try outer(1) } catch {
                await withCheckedContinuation { continuation in
                    Thread.detachNewThread {
                        Flycatcher.capture(error: error)
                        continuation.resume()
                    }
                }
            }
        },
        Way(name: "thrown by another thread", expected: direct) {
            let error = await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    do { _ = try outer(1) } catch { continuation.resume(returning: error) }
                }
            }
            Flycatcher.capture(error: error)
        },
    ]
}
