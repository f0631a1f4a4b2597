// Where the causes of errors are found, and how far they are followed.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct CauseTests {
    private func exceptions(_ error: any Error) -> [Flycatcher.ExceptionValue] {
        ErrorReport(error).exceptions
    }

    @Test func `a cause in a property, a payload or a user info is found`() {
        let root = NSError(domain: "root", code: 1)
        let foundation = NSError(domain: "middle", code: 2, userInfo: [NSUnderlyingErrorKey: root])

        let values = exceptions(Wrapping(cause: Step.wrapped(foundation, attempt: 2)))

        #expect(values.map(\.type) == ["root", "middle", "CauseTests.Step", "CauseTests.Wrapping"])
        #expect(values.map { $0.mechanism?.source } == ["NSUnderlyingError", "wrapped", "cause", nil])
        #expect(values.map { $0.mechanism?.exceptionID } == [3, 2, 1, 0])
        #expect(values.map { $0.mechanism?.parentID } == [2, 1, 0, nil])
        #expect(values.map { $0.mechanism?.isHandled } == [true, true, true, true])
        #expect(values.map { $0.mechanism?.type } == ["chained", "chained", "chained", "generic"])
    }

    @Test(
        arguments: [
            Step.labelled(underlying: Leaf.first), Step.optional(Leaf.first),
            Underlying(underlyingError: Leaf.first),
            Optionally(underlying: Leaf.first), Child(Leaf.first),
        ] as [any Error])
    func `a cause is found wherever an error can hold one`(error: any Error) {
        #expect(exceptions(error).map(\.value).first == "first")
        #expect(exceptions(error).count == 2)
    }

    @Test func `an error without causes has no numbers`() {
        #expect(exceptions(Step.optional(nil)).map { $0.mechanism?.exceptionID } == [nil])
        #expect(exceptions(Leaf.first).map { $0.mechanism?.exceptionID } == [nil])
    }

    @Test func `the cause of a decoding error is followed`() {
        let context = DecodingError.Context(
            codingPath: [], debugDescription: "not JSON", underlyingError: Leaf.second)

        let values = exceptions(DecodingError.dataCorrupted(context))

        #expect(values.map(\.value) == ["second", "dataCorrupted: not JSON"])
    }

    @Test func `an error that stands for several is a group`() {
        let values = exceptions(Several(errors: [Leaf.first, Several(errors: [Leaf.second])]))

        #expect(values.map { $0.mechanism?.exceptionID } == [3, 2, 1, 0])
        #expect(values.map { $0.mechanism?.parentID } == [2, 0, 0, nil])
        #expect(values.map { $0.mechanism?.source } == ["errors[0]", "errors[1]", "errors[0]", nil])
        #expect(values.map { $0.mechanism?.isExceptionGroup } == [false, true, false, true])
    }

    @Test func `several errors in a user info are a group`() {
        let error = NSError(
            domain: "many", code: 1, userInfo: ["NSMultipleUnderlyingErrorsKey": [Leaf.first, Leaf.second]])

        let values = exceptions(error)

        #expect(values.map(\.value).dropLast() == ["second", "first"])
        #expect(values.last?.mechanism?.isExceptionGroup == true)
        #expect(values.first?.mechanism?.source == "NSMultipleUnderlyingErrorsKey[1]")
    }

    @Test func `errors that stand beside their circumstances, or under names, are found`() {
        let attempts = exceptions(Attempts(connectionErrors: [.init(host: "a", error: Leaf.first)]))
        let named = exceptions(Named(failures: ["eu": Leaf.second]))

        #expect(attempts.map { $0.mechanism?.source } == ["connectionErrors[0]", nil])
        #expect(named.map { $0.mechanism?.source } == ["failures[eu]", nil])
    }

    @Test func `an error that is its own cause is told once`() {
        let snake = Snake()
        snake.cause = Wrapping(cause: snake)
        defer { snake.cause = nil }

        #expect(exceptions(snake).map(\.type) == ["CauseTests.Wrapping", "CauseTests.Snake"])
    }

    @Test func `causes are followed ten deep, ten wide and fifty in all`() {
        var deep: any Error = Leaf.first
        for _ in 0..<1000 { deep = Wrapping(cause: deep) }
        let wide = Several(errors: Array(repeating: Leaf.first, count: 1000))
        let vast = Several(errors: Array(repeating: wide, count: 1000))

        #expect(exceptions(deep).count == 10)
        #expect(exceptions(wide).count == 11)
        #expect(exceptions(vast).count == 50)
    }

    private enum Leaf: Error {
        case first, second
    }

    private enum Step: Error {
        case wrapped(any Error, attempt: Int)
        case labelled(underlying: any Error)
        case optional((any Error)?)
    }

    private struct Wrapping: Error {
        var cause: any Error
    }

    private struct Underlying: Error {
        var underlyingError: any Error
    }

    private struct Optionally: Error {
        var underlying: (any Error)?
    }

    // Unchecked: it cannot change.
    private class Parent: Error, @unchecked Sendable {
        let cause: any Error
        init(_ cause: any Error) { self.cause = cause }
    }

    // Unchecked: it adds nothing that could change.
    private final class Child: Parent, @unchecked Sendable {}

    private struct Several: Error {
        var errors: [any Error]
    }

    private struct Attempts: Error {
        struct Attempt {
            var host: String
            var error: any Error
        }
        var connectionErrors: [Attempt]
    }

    private struct Named: Error {
        var failures: [String: any Error]
    }

    // Unchecked: used by one thread.
    private final class Snake: Error, @unchecked Sendable {
        var cause: (any Error)?
    }
}
