// Breadcrumbs, frames, images, modules, fingerprints and templates in every shape (protocol 7 and 8).

import Model
import TapeJSON
import Testing

@testable import Ingest

@Suite struct BreadcrumbShapeTests {
    @Test(arguments: [#"{"values":[]}"#, "[]", "{}", "null", "[null]", #"{"values":null}"#])
    func `breadcrumbs that are none are absent`(json: String) throws {
        #expect(try Pipe.run("{\"breadcrumbs\":\(json)}")["breadcrumbs"] == nil)
    }

    @Test(arguments: [
        ("\"warn\"", "\"warning\""), ("\"log\"", "\"info\""), ("40", "\"error\""), ("\"odd\"", nil),
    ])
    func `the level of a breadcrumb is read with its aliases`(form: (String, String?)) throws {
        let piped = try Pipe.run("{\"breadcrumbs\":[{\"message\":\"m\",\"level\":\(form.0)}]}")

        #expect(piped["breadcrumbs.values.0.level"] == form.1)
        #expect(piped.errorNames == (form.1 == nil ? ["breadcrumbs.values.0.level"] : []))
    }

    @Test func `empty data is left out`() throws {
        #expect(
            try Pipe.run(#"{"breadcrumbs":[{"message":"m","data":{}}]}"#)["breadcrumbs.values.0"]
                == #"{"message":"m"}"#)
    }
}

@Suite struct FrameShapeTests {
    private func frame(_ members: String) throws -> Piped {
        try Pipe.run(#"{"exception":[{"type":"T","stacktrace":{"frames":[{"function":"f",\#(members)}]}}]}"#)
    }

    @Test func `lines of source keep their places`() throws {
        let piped = try frame(#""pre_context":["a",null,7],"post_context":[null,"b"]"#)

        #expect(piped["exception.values.0.stacktrace.frames.0.pre_context"] == #"["a","","7"]"#)
        #expect(piped["exception.values.0.stacktrace.frames.0.post_context"] == #"["","b"]"#)
    }

    @Test func `the lines next to the frame's own are kept`() throws {
        let lines = (1...30).map { "\"\($0)\"" }.joined(separator: ",")
        let piped = try frame("\"pre_context\":[\(lines)],\"post_context\":[\(lines)]")

        #expect(piped["exception.values.0.stacktrace.frames.0.pre_context.0"] == "\"21\"")
        #expect(piped["exception.values.0.stacktrace.frames.0.post_context.9"] == "\"10\"")
    }

    @Test func `variables in a list are named by their numbers`() throws {
        #expect(
            try frame(#""vars":["a",{"b":1}]"#)["exception.values.0.stacktrace.frames.0.vars"]
                == #"{"0":"a","1":{"b":1}}"#)
    }

    @Test func `a frame of which only the library is known is kept, and names nothing`() throws {
        let piped = try Pipe.run(
            #"{"exception":[{"type":"T","value":"v","mechanism":{"type":"m","synthetic":true},"stacktrace":{"frames":[{"function":"f"},{"package":"libc.so"}]}}]}"#
        )

        #expect(piped["exception.values.0.stacktrace.frames.1.package"] == #""libc.so""#)
        #expect(piped.event.facts.title == "f")
    }

    @Test func `registers are addresses`() throws {
        let piped = try Pipe.run(
            #"{"exception":[{"type":"T","stacktrace":{"registers":{"rip":16,"rax":"0x1","odd":[]},"frames":[{"function":"f"}]}}]}"#
        )

        #expect(piped["exception.values.0.stacktrace.registers"] == #"{"rip":"0x10","rax":"0x1"}"#)
    }

    @Test(arguments: [
        (
            #""exception":[{"type":"T","stacktrace":{"frames":[{"function":"f"}]}}]"#,
            "exception.values.0.stacktrace.frames.1"
        ),
        (#""exception":[{"type":"T"}]"#, "exception.values.0.stacktrace.frames.0"),
        (#""message":"m""#, "threads.values.0.stacktrace.frames.0"),
    ])
    func `a template is the newest frame`(form: (String, String)) throws {
        let piped = try Pipe.run("{\(form.0),\"template\":{\"filename\":\"a.html\",\"lineno\":3}}")

        #expect(piped[form.1] == #"{"filename":"a.html","lineno":3,"in_app":true}"#)
        #expect(piped["template"] == nil)
    }
}

@Suite struct ImageTests {
    @Test func `an image of an old client is one of Mach-O`() throws {
        let piped = try Pipe.run(
            #"{"debug_meta":{"images":[{"type":"apple","uuid":"C0BCC3F19827FE653058404B2831D9E6","name":"/a","image_addr":4096},7]}}"#
        )

        #expect(
            piped["debug_meta.images"]
                == #"[{"type":"macho","image_addr":"0x1000","debug_id":"c0bcc3f1-9827-fe65-3058-404b2831d9e6","code_file":"/a"}]"#
        )
        #expect(piped.errorNames == ["debug_meta.images.1"])
    }

    @Test(arguments: [
        ("c0bcc3f1-9827-fe65-3058-404b2831d9e6", "c0bcc3f1-9827-fe65-3058-404b2831d9e6"),
        ("C0BCC3F19827FE653058404B2831D9E600000001", "c0bcc3f1-9827-fe65-3058-404b2831d9e6-1"),
        ("C0BCC3F1-9827-FE65-3058-404B2831D9E6-A", "c0bcc3f1-9827-fe65-3058-404b2831d9e6-a"),
        ("nonsense", nil), ("", nil),
    ])
    func `debug ids are written in one way`(form: (String, String?)) {
        #expect(DebugImages.debugID(form.0) == form.1)
    }
}

@Suite struct ListingTests {
    @Test(arguments: [
        (#"{"a":"1","b":2,"c":null}"#, #"{"a":"1","b":"2"}"#), (#"[["a","1"],["b"],"c"]"#, #"{"a":"1"}"#),
        ("[]", nil), ("7", nil),
    ])
    func `modules are names and versions`(form: (String, String?)) throws {
        #expect(try Pipe.run("{\"modules\":\(form.0)}")["modules"] == form.1)
    }

    @Test(arguments: [
        (#"["a",1,true,null,{"b":2}]"#, #"["a","1","True","{\"b\":2}"]"#), ("[null]", nil), ("\"a\"", nil),
    ])
    func `a fingerprint is a list of texts`(form: (String, String?)) throws {
        #expect(try Pipe.run("{\"fingerprint\":\(form.0)}")["fingerprint"] == form.1)
    }

    @Test func `a logger is one line`() throws {
        #expect(try Pipe.run(#"{"logger":" a\nb "}"#)["logger"] == #""a""#)
    }

    @Test func `a tag gives the environment only if the event does not`() throws {
        let tags = #""tags":{"environment":"staging"}"#

        #expect(try Pipe.run("{\(tags)}")["environment"] == #""staging""#)
        #expect(try Pipe.run("{\"environment\":\"production\",\(tags)}")["environment"] == #""production""#)
    }

    @Test func `a parameter that is there several times is several parameters`() throws {
        let piped = try Pipe.run(#"{"request":{"query_string":{"a":["1","2"]},"headers":{"x":["1","2"]}}}"#)

        #expect(piped["request.query_string"] == #"[["a","1"],["a","2"]]"#)
        #expect(piped["request.headers"] == #"[["X","1,2"]]"#)
    }

    @Test(arguments: [
        ("never", "javascript", nil), ("auto", "python", "203.0.113.9"),
        ("legacy", "javascript", "203.0.113.9"),
    ])
    func `a client may say whether its address is the user's`(form: (String, String, String?)) throws {
        let piped = try Pipe.run(
            "{\"platform\":\"\(form.1)\",\"sdk\":{\"name\":\"n\",\"settings\":{\"infer_ip\":\"\(form.0)\"}}}")

        #expect(piped["user.ip_address"] == form.2.map { "\"\($0)\"" })
    }
}

@Suite struct DuplicateTests {
    @Test func `of fields that are there twice the first counts and is the only one`() throws {
        let piped = try Pipe.run(
            #"{"exception":[{}],"exception":[{"type":"T"}],"event_id":"7","event_id":"8","message":"m"}"#)

        #expect(piped["exception"] == nil)
        let ids = piped.document.children(of: piped.document.root).count {
            piped.document.hasKey($0, "event_id")
        }
        #expect(ids == 1)
    }
}
