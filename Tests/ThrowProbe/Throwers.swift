// Functions that throw, each in its own way. None is inlined, so that its name is the same in every build.

import Flycatcher
import Foundation

struct Plain: Error { var number = 1, text = "a text that is too long to be a small one" }
struct Wide: Error { var numbers = (1, 2, 3, 4, 5, 6, 7, 8) }
struct Unthrown: Error { var number: Int }
struct Wrapping: Error { var cause: any Error, text = "around" }
enum Choice: Error { case one, two }

final class Heavy: Error {
    let number: Int
    init(_ number: Int) { self.number = number }
}

final class Shelf {
    var error: (any Error)?
}

@inline(never) func thrower(_ number: Int) throws -> Int {
    if number > 0 { throw Plain(number: number) }
    return number
}

@inline(never) func middle(_ number: Int) throws -> Int { try thrower(number) + 1 }

@inline(never) func outer(_ number: Int) throws -> Int { try middle(number) + 1 }

@inline(never) func rethrower(_ number: Int) throws -> Int {
    do { return try outer(number) } catch { throw error }
}

@inline(never) func applying(_ body: () throws -> Void) rethrows {
    try body()
    keepFrame()
}

@inline(never) func mapping(_ numbers: [Int]) throws -> [Int] {
    let mapped = try numbers.map { try thrower($0) }
    keepFrame()
    return mapped
}

@inline(never) func classThrower(_ number: Int) throws {
    if number > 0 { throw Heavy(number) }
}

@inline(never) func wideThrower(_ number: Int) throws {
    if number > 0 { throw Wide() }
}

@inline(never) func typedThrower(_ number: Int) throws(Choice) -> Int {
    if number > 0 { throw .two }
    return number
}

@inline(never) func typedMiddle(_ number: Int) throws(Choice) -> Int { try typedThrower(number) + 1 }

@inline(never) func typedPlain(_ number: Int) throws(Plain) {
    if number > 0 { throw Plain(number: 5) }
}

@inline(never) func untyped(_ number: Int) throws -> Int { try typedMiddle(number) + 1 }

@inline(never) func wrapping(_ number: Int) throws -> Int {
    do { return try outer(number) } catch { throw Wrapping(cause: error) }
}

@inline(never) func neverThrown() {
    Flycatcher.capture(error: Unthrown(number: 1))
    keepFrame()
}

@inline(never) func openResult(_ result: Result<Int, any Error>) {
    if case .failure(let error) = result { Flycatcher.capture(error: error) }
    keepFrame()
}

@inline(never) func asyncThrower(_ number: Int) async throws -> Int {
    await Task.yield()
    if number > 0 { throw Plain(number: number) }
    return number
}

@inline(never) func asyncMiddle(_ number: Int) async throws -> Int {
    let result = try await asyncThrower(number)
    await Task.yield()
    return result
}

@inline(never) func asyncOuter(_ number: Int) async throws -> Int {
    let result = try await asyncMiddle(number)
    await Task.yield()
    return result
}

@inline(never) func asyncTyped(_ number: Int) async throws(Choice) {
    await Task.yield()
    if number > 0 { throw .one }
}

@inline(never) func resuming(isChecked: Bool) async throws {
    let failing: @Sendable () -> any Error = {
        do { _ = try outer(1) } catch { return error }
        return Unthrown(number: 3)
    }
    if isChecked {
        try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Void, any Error>) in
            waiting.resume(throwing: failing())
        }
    } else {
        try await withUnsafeThrowingContinuation { (waiting: UnsafeContinuation<Void, any Error>) in
            waiting.resume(throwing: failing())
        }
    }
}

@inline(never) func resumingAnew() async throws {
    try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<Void, any Error>) in
        waiting.resume(throwing: Unthrown(number: 4))
    }
    keepFrame()
}

@inline(never) func streaming() async throws {
    let stream = AsyncThrowingStream<Int, any Error> { continuation in
        do { _ = try outer(1) } catch { continuation.finish(throwing: error) }
    }
    for try await _ in stream {}
}

actor Clerk {
    @inline(never) func serve(_ number: Int) throws {
        if number > 0 { throw Plain(number: number) }
    }
}

@inline(never) func asking(_ clerk: Clerk) async throws {
    try await clerk.serve(1)
    keepFrame()
}

/// Something to be done after a call, so that it cannot become a jump that leaves no frame.
@inline(never) func keepFrame() {}
