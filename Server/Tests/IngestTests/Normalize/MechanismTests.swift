// How an exception was caught, and the names of its numbers (protocol 8.1).

import TapeJSON
import Testing

@testable import Ingest

@Suite struct MechanismTests {
    private func mechanism(_ json: String, rest: String = "") throws -> Piped {
        try Pipe.run("{\"exception\":[{\"type\":\"T\",\"mechanism\":\(json)}]\(rest)}")
    }

    @Test(
        arguments: [
            ("cocoa", "", "SIGBUS", "BUS_ADRERR"), ("native", "", "SIGUSR1", nil),
            ("native", #","contexts":{"os":{"name":"macOS"}}"#, "SIGBUS", "BUS_ADRERR"),
            ("cocoa", #","contexts":{"os":{"name":"Linux"}}"#, "SIGUSR1", nil),
        ] as [(String, String, String, String?)])
    func `a signal is named as its system names it`(form: (String, String, String, String?)) throws {
        let piped = try mechanism(
            #"{"type":"x","meta":{"signal":{"number":10,"code":2}}}"#,
            rest: ",\"platform\":\"\(form.0)\"\(form.1)")

        #expect(piped["exception.values.0.mechanism.meta.signal.name"] == "\"\(form.2)\"")
        #expect(piped["exception.values.0.mechanism.meta.signal.code_name"] == form.3.map { "\"\($0)\"" })
    }

    @Test func `errors and Mach exceptions are named too, unless they are`() throws {
        let piped = try mechanism(
            #"{"type":"x","meta":{"errno":{"number":11},"mach_exception":{"exception":1},"signal":{"number":11,"name":"MINE"}}}"#
        )

        #expect(piped["exception.values.0.mechanism.meta.errno.name"] == #""EAGAIN""#)
        #expect(piped["exception.values.0.mechanism.meta.mach_exception.name"] == #""EXC_BAD_ACCESS""#)
        #expect(piped["exception.values.0.mechanism.meta.signal.name"] == #""MINE""#)
    }

    @Test(arguments: [0, -1, 41, 58, 200, Int64.max, Int64.min]) func `numbers without a name get none`(
        number: Int64
    ) {
        #expect(SystemNames.error(number, false) == nil)
        #expect(SystemNames.signal(number, true) == nil)
    }

    @Test func `places in the tables are those of the systems`() {
        #expect(SystemNames.error(110, false) == "ETIMEDOUT")
        #expect(SystemNames.error(60, true) == "ETIMEDOUT")
        #expect(SystemNames.signal(31, false) == "SIGSYS")
        #expect(SystemNames.signal(31, true) == "SIGUSR2")
        #expect(SystemNames.signalCode(2, of: "SIGSEGV", false) == "SEGV_ACCERR")
        #expect(SystemNames.machException(13) == "EXC_CORPSE_NOTIFY")
    }

    @Test func `the mechanism of the first clients for Apple's systems is read`() throws {
        let piped = try mechanism(
            #"{"posix_signal":{"signal":6,"code":0},"mach_exception":{"exception":10,"exception_name":"EXC_CRASH"},"relevant_address":"0x1"}"#,
            rest: #","platform":"cocoa""#)

        #expect(
            piped["exception.values.0.mechanism"]
                == #"{"meta":{"signal":{"code":0,"number":6,"name":"SIGABRT"},"mach_exception":{"exception":10,"name":"EXC_CRASH"}},"data":{"relevant_address":"0x1"},"type":"generic"}"#
        )
    }

    @Test(
        arguments: [
            ([#"{"type":"middleware"}"#, #"{"type":"generic"}"#], "middleware"),
            ([#"{"type":"chained"}"#, #"{"type":"django"}"#], "django"),
            ([#"{"type":"a"}"#, #"{"type":"b"}"#], "b"),
            ([#"{"type":"chained"}"#, #"{"type":"generic"}"#], "generic"),
            ([#"{"type":"generic"}"#, "null"], nil), (["null"], nil),
        ] as [([String], String?)])
    func `an event's tag is the mechanism that says most, be it of the error or of its cause`(
        form: (mechanisms: [String], tag: String?)
    ) throws {
        let exceptions = form.mechanisms.map { #"{"type":"E","mechanism":\#($0)}"# }.joined(separator: ",")

        #expect(try Pipe.run(#"{"exception":[\#(exceptions)]}"#).tag("mechanism") == form.tag)
    }
}
