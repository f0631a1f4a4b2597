// What is read out of the handler's notes.

import CFlycatcher
import Foundation
import Testing

@testable import Flycatcher

struct CrashRecordTests {
    @Test(
        arguments: [
            (
                "Shop/Cart.swift:13: Fatal error: the cart is empty\n", "Fatal error", "the cart is empty",
                "Shop/Cart.swift:13"
            ),
            ("Fatal error: Index out of range", "Fatal error", "Index out of range", nil),
            ("Shop/Cart.swift:1: Fatal error\n", "Fatal error", "", "Shop/Cart.swift:1"),
            ("a.swift:2: Precondition failed: odd: 3\n", "Precondition failed", "odd: 3", "a.swift:2"),
            ("a.swift:2: Assertion failed\n", "Assertion failed", "", "a.swift:2"),
            (
                "Could not cast value of type 'Swift.Int' to 'Swift.String'.\n", "Fatal error",
                "Could not cast value of type 'Swift.Int' to 'Swift.String'.", nil
            ),
            ("a.swift:1: Fatal error: two\nlines\n", "Fatal error", "two\nlines", "a.swift:1"),
            ("My Fatal errors: none", "Fatal error", "My Fatal errors: none", nil),
            ("", "Fatal error", "", nil),
        ] as [(String, String, String, String?)])
    func `the text of the runtime is taken apart`(
        whole: String, kind: String, text: String, place: String?
    ) {
        let fatal = FatalText(whole)

        #expect(fatal.kind == kind)
        #expect(fatal.text == text)
        #expect(fatal.place == place)
    }

    @Test(
        arguments: [
            (11, 1, "SIGSEGV", "SEGV_MAPERR"), (8, 1, "SIGFPE", "FPE_INTDIV"), (6, -6, "SIGABRT", "SI_TKILL"),
            (31, 1, "SIGSYS", "SYS_SECCOMP"), (7, 99, "SIGBUS", nil), (99, 0, "SIG99", "SI_USER"),
        ] as [(Int, Int, String, String?)])
    func `signals and their codes have names`(number: Int, code: Int, name: String, codeName: String?) {
        let signal = SignalName(number: number, code: code)

        #expect(signal.name == name)
        #expect(signal.codeName == codeName)
    }

    @Test func `a stack whose frame pointers begin late gets its beginning from the tables`() throws {
        let record = try record(stack: [10, 40, 50], unwound: [10, 20, 30, 40, 51], asyncStart: 2)

        let stack = try #require(record.crashedStack)
        #expect(stack.addresses == [10, 20, 30, 40, 50])
        #expect(stack.asyncStart == 4)
    }

    @Test func `of two stacks that never meet the longer counts`() throws {
        #expect(try record(stack: [10], unwound: [10, 20]).crashedStack?.addresses == [10, 20])
        #expect(try record(stack: [10, 30, 40], unwound: [10, 20]).crashedStack?.addresses == [10, 30, 40])
        #expect(try record(stack: [10, 30], unwound: []).crashedStack?.addresses == [10, 30])
    }

    @Test func `the most telling of what is known is the value`() throws {
        let stack = chunk(flycatcher_chunk_stack, self.stack([10]))
        let fatal = chunk(flycatcher_chunk_fatal_text, Array("a.swift:1: Fatal error: empty\n".utf8))
        let abort = chunk(flycatcher_chunk_abort_text, Array("free(): invalid pointer\n".utf8))

        func cause(_ number: Int32, _ chunks: CrashRecord.Chunk..., reason: String? = nil) throws -> String {
            let record = try #require(CrashRecord([signal(number), stack] + chunks))
            let cause = CrashCause(record) { $0 == 10 ? reason : nil }
            return "\(cause.type): \(cause.value)"
        }
        #expect(try cause(4, fatal, reason: "Index out of range") == "Fatal error: empty")
        #expect(try cause(4, reason: "Index out of range") == "Fatal error: Index out of range")
        #expect(try cause(6, abort) == "SIGABRT: free(): invalid pointer")
        #expect(try cause(11, abort) == "SIGSEGV: Segmentation fault at 0x8")
        #expect(try cause(6) == "SIGABRT: Aborted")
    }

    @Test func `a record without its signal is none, and one with holes is what is left`() throws {
        let broken = chunk(flycatcher_chunk_thread, [1, 2, 3])
        let fault = chunk(flycatcher_chunk_fault, [5, 0, 0, 0])

        #expect(CrashRecord([broken, fault]) == nil)
        let record = try #require(CrashRecord([signal(11), broken, fault]))
        #expect(record.threads.isEmpty)
        #expect(record.faultCount == 1)
        #expect(record.crashedStack == nil)
    }

    // MARK: Making records

    private func record(stack: [UInt64], unwound: [UInt64], asyncStart: Int? = nil) throws -> CrashRecord {
        let chunks = [
            signal(11), chunk(flycatcher_chunk_stack, self.stack(stack, asyncStart: asyncStart)),
            chunk(flycatcher_chunk_unwound, self.stack(unwound)),
        ]
        return try #require(CrashRecord(chunks))
    }

    private func signal(_ number: Int32) -> CrashRecord.Chunk {
        let sent: Int32 = number == 6 ? -6 : 1
        return chunk(
            flycatcher_chunk_signal,
            bytes(of: [number, sent, 0, 77]) + bytes(of: [UInt64(8), 1_700_000_000_000_000, 10]))
    }

    private func stack(_ addresses: [UInt64], asyncStart: Int? = nil) -> [UInt8] {
        let count = UInt32(addresses.count)
        return bytes(of: [77, count, UInt32(asyncStart ?? addresses.count), count])
            + [UInt8](repeating: 0, count: 16) + bytes(of: addresses)
    }

    private func chunk(_ kind: Int, _ content: [UInt8]) -> CrashRecord.Chunk {
        CrashRecord.Chunk(kind: UInt32(kind), content: content[...])
    }

    private func bytes<Number>(of numbers: [Number]) -> [UInt8] {
        numbers.withUnsafeBytes { Array($0) }
    }
}
