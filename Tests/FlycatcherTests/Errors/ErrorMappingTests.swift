// What becomes of the many kinds of Swift errors.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct ErrorMappingTests {
    private func exception(_ error: any Error) throws -> Flycatcher.ExceptionValue {
        try #require(ErrorReport(error).exceptions.last)
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
        #expect(exception.value == "no such thing (code 4)")
        #expect(exception.module == nil)
        #expect(exception.mechanism?.meta["ns_error"] == ["domain": "org.example", "code": 4])
    }

    @Test func `a struct of Foundation says its words, not all it knows`() throws {
        let error = #expect(throws: CocoaError.self) {
            try Data(contentsOf: URL(fileURLWithPath: "/no/such/file"))
        }

        let exception = try exception(#require(error))

        #expect(exception.type == "CocoaError")
        #expect(exception.value == error.map { "\($0.localizedDescription) (code 260)" })
        #expect(exception.value?.contains("/no/such/file") == false)
        #expect(exception.mechanism?.meta["ns_error"] == ["domain": "NSCocoaErrorDomain", "code": 260])
    }

    @Test func `an error of the system says its number`() throws {
        let exception = try exception(POSIXError(.ENOSPC))

        #expect(exception.type == "POSIXError")
        #expect(
            exception.mechanism?.meta["errno"]
                == ["number": .integer(Int(POSIXError.ENOSPC.rawValue)), "name": "ENOSPC"])
    }

    @Test func `a decoding error says where`() throws {
        struct Order: Decodable {
            struct Line: Decodable { var count: Int }
            var lines: [Line]
        }
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Order.self, from: Data(#"{"lines":[{"count":1},{"count":"x"}]}"#.utf8))
        }

        let exception = try exception(#require(error))

        #expect(exception.type == "DecodingError")
        #expect(exception.mechanism?.data["coding_path"] == "lines[1].count")
        #expect(
            exception.value?.hasPrefix("typeMismatch(Int) at lines[1].count: Expected to decode Int") == true)
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

    @Test func `a default description of Foundation is not followed by the code it holds`() throws {
        let value = try exception(NSError(domain: "org.example", code: 4)).value

        #expect(value?.contains("(org.example error 4.)") == true)
        #expect(value?.contains("(code") == false)
    }

    @Test func `an error of a request says its number`() throws {
        let exception = try exception(URLError(.cannotConnectToHost))

        #expect(exception.type == "URLError")
        #expect(exception.value?.contains("(NSURLErrorDomain error -1004.)") == true)
        #expect(exception.mechanism?.meta["ns_error"] == ["domain": "NSURLErrorDomain", "code": -1004])
    }

    @Test func `an encoding error says where`() throws {
        struct Reading: Encodable { var degrees = Double.nan }
        let error = #expect(throws: EncodingError.self) { try JSONEncoder().encode(["now": Reading()]) }

        let exception = try exception(#require(error))

        #expect(exception.mechanism?.data["coding_path"] == "now.degrees")
        #expect(exception.value?.hasPrefix("invalidValue(Double) at now.degrees: ") == true)
    }

    @Test func `names of private types in a payload hold no address`() throws {
        let value = try exception(Plain.wrapped(Fields(path: "/", attempts: 1), attempt: 1)).value

        #expect(value?.contains("Fields(path:") == true)
        #expect(value?.contains("unknown context") == false)
    }

    @Test func `a hostile description is bounded and stays whole characters`() throws {
        let texts = [
            String(repeating: "x", count: 10_000_000), String(repeating: "👩‍👩‍👧‍👦", count: 10_000),
            String(repeating: "e\u{301}", count: 9000), "a\u{0}b\u{0}", "", "\u{301}\u{301}",
        ]

        for text in texts {
            let value = try #require(try exception(Hostile(description: text)).value)
            let isCut = value != text
            #expect(value.utf8.count <= WireLimits.textBytes)
            #expect(isCut == (text.utf8.count > WireLimits.textBytes))
            #expect(!isCut || value.hasSuffix("...") && text.hasPrefix(value.dropLast(3)))
        }
    }

    @Test func `a payload without end is cut while it is printed`() throws {
        let value = try exception(Plain.payload(id: 1, name: String(repeating: "n", count: 5_000_000))).value

        #expect(try #require(value).utf8.count <= WireLimits.textBytes)
        #expect(value?.hasPrefix(#"payload(id: 1, name: "nnn"#) == true)
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

    private struct Hostile: Error, CustomStringConvertible {
        var description: String
    }
}
