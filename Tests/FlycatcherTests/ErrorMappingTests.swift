// What becomes of the many kinds of Swift errors.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct ErrorMappingTests {
    private func exception(_ error: any Error) throws -> Flycatcher.ExceptionValue {
        try #require(ExceptionChain(error).values.last)
    }

    @Test func `an enum says its case and payload`() throws {
        let exception = try exception(Plain.payload(id: 7, name: "x"))

        #expect(exception.type == "ErrorMappingTests.Plain")
        #expect(exception.value == #"payload(id: 7, name: "x")"#)
        #expect(exception.module == "FlycatcherTests")
    }

    @Test func `an enum with words for people says both`() throws {
        #expect(try exception(Worded.gone(3)).value == "gone(3): The thing is gone.")
    }

    @Test func `a struct says its fields, or its words`() throws {
        #expect(
            try exception(Fields(path: "/tmp", attempts: 3)).value == #"Fields(path: "/tmp", attempts: 3)"#)
        #expect(try exception(Described()).value == "described by itself")
    }

    @Test func `a class says its fields`() throws {
        #expect(try exception(Reference(code: 5)).value == "ErrorMappingTests.Reference(code: 5)")
    }

    @Test func `a Foundation error says its domain and code`() throws {
        let exception = try exception(
            NSError(domain: "org.example", code: 4, userInfo: [NSLocalizedDescriptionKey: "no such thing"]))

        #expect(exception.type == "org.example")
        #expect(exception.value == "no such thing")
        #expect(exception.module == nil)
        #expect(exception.mechanism?.meta["ns_error"] == ["domain": "org.example", "code": 4])
    }

    @Test func `a struct of Foundation says its words, not all it knows`() throws {
        let error = #expect(throws: CocoaError.self) {
            try Data(contentsOf: URL(fileURLWithPath: "/no/such/file"))
        }

        let exception = try exception(#require(error))

        #expect(exception.type == "CocoaError")
        #expect(exception.value == error?.localizedDescription)
        #expect(exception.value?.contains("/no/such/file") == false)
        #expect(exception.mechanism?.meta["ns_error"] == ["domain": "NSCocoaErrorDomain", "code": 260])
    }

    @Test func `an error of the system says its number`() throws {
        let exception = try exception(POSIXError(.ENOSPC))

        #expect(exception.type == "POSIXError")
        #expect(exception.mechanism?.meta["errno"] == ["number": .integer(Int(POSIXError.ENOSPC.rawValue))])
    }

    @Test func `a decoding error says where`() throws {
        struct Order: Decodable {
            struct Line: Decodable { var count: Int }
            var lines: [Line]
        }
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Order.self, from: Data(#"{"lines":[{"count":1},{"count":"x"}]}"#.utf8))
        }

        #expect(try exception(#require(error)).mechanism?.data["coding_path"] == "lines[1].count")
    }

    @Test func `the type's name holds no address`() throws {
        struct Local: Error {}

        let exception = try exception(Local())

        #expect(exception.type == "ErrorMappingTests.Local")
        #expect(exception.module == "FlycatcherTests")
    }

    @Test(
        arguments: [
            ("Shop.OrderError", "Shop", "OrderError"),
            ("Shop.Orders.Failure", "Shop", "Orders.Failure"),
            ("Shop.(unknown context at $7f00deadbeef).Hidden", "Shop", "Hidden"),
            ("Shop.(unknown context at $1).A.(unknown context at $2).B", "Shop", "A.B"),
            ("(extension in Shop):Other.Outer.Failure", "Shop", "Outer.Failure"),
            ("Swift.CancellationError", "Swift", "CancellationError"),
            ("Odd", nil, "Odd"),
        ] as [(String, String?, String)])
    func `a type's name is read from its qualified form`(text: String, module: String?, type: String) {
        let name = TypeName(qualified: text)

        #expect(name.module == module)
        #expect(name.type == type)
    }

    @Test func `a cause in a property, a payload or a user info is found`() {
        let root = NSError(domain: "root", code: 1)
        let foundation = NSError(domain: "middle", code: 2, userInfo: [NSUnderlyingErrorKey: root])

        let values = ExceptionChain(Wrapping(cause: Plain.wrapped(foundation, attempt: 2))).values

        #expect(
            values.map(\.type) == ["root", "middle", "ErrorMappingTests.Plain", "ErrorMappingTests.Wrapping"])
        #expect(values.map { $0.mechanism?.isHandled } == [true, true, true, true])
    }

    @Test func `a chain that bites its own tail ends`() {
        let snake = Snake()
        snake.cause = snake

        #expect(ExceptionChain(snake).values.count == ExceptionChain.maximumDepth)
        snake.cause = nil
    }

    private enum Plain: Error {
        case payload(id: Int, name: String)
        case wrapped(any Error, attempt: Int)
    }

    private enum Worded: LocalizedError {
        case gone(Int)
        var errorDescription: String? { "The thing is gone." }
    }

    private struct Fields: Error {
        var path: String
        var attempts: Int
    }

    private struct Described: Error, CustomStringConvertible {
        var description: String { "described by itself" }
    }

    private final class Reference: Error {
        let code: Int
        init(code: Int) { self.code = code }
    }

    private struct Wrapping: Error {
        var cause: any Error
    }

    // Unchecked: used by one thread.
    private final class Snake: Error, @unchecked Sendable {
        var cause: (any Error)?
    }
}
