// What `errors` and `_meta` say, of the client's own doing and of ours (protocol section 7).

import TapeJSON
import Testing

@testable import Ingest

@Suite struct RemarkTests {
    @Test func `a remark stands where its value stands, also in lists`() throws {
        let long = String(repeating: "x", count: 9000)
        let piped = try Pipe.run("{\"breadcrumbs\":[{\"message\":\"a\"},7,{\"message\":\"\(long)\"}]}")

        #expect(
            piped["_meta.breadcrumbs.values"]
                == #"{"1":{"":{"err":["invalid_data"]},"message":{"":{"rem":[["!limit","s",8189,8192]],"len":9000}}}}"#
        )
        #expect(piped.errorNames == ["breadcrumbs.values.1"])
    }

    @Test func `variables that are cut are found`() throws {
        let long = String(repeating: "x", count: 70_000)
        let piped = try Pipe.run(
            "{\"exception\":[{\"type\":\"T\",\"stacktrace\":{\"frames\":[{\"function\":\"f\",\"vars\":{\"a\":\"\(long)\"}}]}}]}"
        )

        #expect(
            piped["_meta.exception.values.0.stacktrace.frames.0.vars"] == #"{"":{"rem":[["!limit","s"]]}}"#)
    }

    @Test func `what the client says of its own cuts is kept and added to`() throws {
        let piped = try Pipe.run(
            #"{"_meta":{"extra":{"a":{"":{"len":9,"rem":[["!limit","x",1,2]],"val":"gone","err":["x"]}}}},"extra":{"a":"b"},"user":7}"#
        )

        #expect(piped["_meta.extra.a"] == #"{"":{"len":9,"rem":[["!limit","x",1,2]]}}"#)
        #expect(piped["_meta.user"] == #"{"":{"err":["invalid_data"]}}"#)
    }

    @Test(arguments: [
        "{}", #"{"a":7}"#, #"{"a":{"":{"val":"secret"}}}"#, #"{"a":{"":{"rem":["a secret = b"]}}}"#,
        #"{"":{"":{"len":"x"}}}"#,
    ])
    func `a tree without remarks is none`(json: String) throws {
        #expect(try Pipe.run("{\"_meta\":\(json)}")["_meta"] == nil)
    }

    @Test func `errors of the client are kept, in shape`() throws {
        let piped = try Pipe.run(
            #"{"errors":[{"type":"js_no_source","name":"frame","url":"http://h/"},7],"level":"odd"}"#)

        #expect(piped["errors.0"] == #"{"type":"js_no_source","name":"frame","url":"http://h/"}"#)
        #expect(piped.errorNames == ["frame", "errors.1", "level"])
    }
}
