// No secret leaves the pipeline, wherever it stood.

import Model
import TapeJSON
import Testing

@testable import Ingest

@Suite struct ScrubbingTests {
    /// Each place of an event; § stands for a secret.
    private static let places: [(name: String, event: String)] = [
        ("extra", #""extra":{"password":"§"}"#),
        ("extra, deep", #""extra":{"a":{"b":[{"api_key":"§"}]}}"#),
        ("extra, a number", #""extra":{"secret":§}"#),
        ("extra, an object", #""extra":{"credentials":{"user":"§"}}"#),
        ("extra, a list", #""extra":{"tokens":["§"]}"#),
        ("extra, a pair", #""extra":{"list":[["token","§"]]}"#),
        ("extra, JSON in text", #""extra":{"body":"{\"password\": \"§\"}"}"#),
        ("extra, a representation", #""extra":{"obj":"User(password='§')"}"#),
        ("extra, an escaped name", #""extra":{"pass\u0077ord":"§"}"#),
        ("contexts", #""contexts":{"app":{"auth_token":"§"}}"#),
        ("contexts, whole", #""contexts":{"auth":{"x":"§"}}"#),
        ("contexts, a URL", #""contexts":{"app":{"db":"postgres://u:§@db/x"}}"#),
        ("tags", #""tags":{"token":"§"}"#),
        ("tags, pairs", #""tags":[["api_key","§"]]"#),
        ("tags, objects", #""tags":[{"key":"secret","value":"§"}]"#),
        ("tags, text", #""tags":{"url":"https://u:§@h/"}"#),
        ("user data", #""user":{"id":"1","data":{"password":"§"}}"#),
        ("user, other members", #""user":{"id":"1","password":"§"}"#),
        ("headers", #""request":{"headers":{"Authorization":"Bearer §"}}"#),
        ("headers, pairs", #""request":{"headers":[["X-Api-Key","§"]]}"#),
        ("headers, text", #""request":{"headers":"Authorization=§"}"#),
        ("headers, proxy", #""request":{"headers":{"proxy-authorization":"Basic §"}}"#),
        ("headers, cookie", #""request":{"headers":{"Cookie":"sessionid=§"}}"#),
        ("headers, referer", #""request":{"headers":{"Referer":"https://h/?token=§"}}"#),
        ("cookies", #""request":{"cookies":"csrftoken=§; a=1"}"#),
        ("cookies, a map", #""request":{"cookies":{"session_id":"§"}}"#),
        ("query", #""request":{"query_string":"a=1&password=§"}"#),
        ("query, pairs", #""request":{"query_string":[["access_token","§"]]}"#),
        ("query, a map", #""request":{"query_string":{"apikey":"§"}}"#),
        ("query in the URL", #""request":{"url":"https://h/p?secret=§"}"#),
        ("fragment", #""request":{"url":"https://h/p#access_token=§"}"#),
        ("credentials in the URL", #""request":{"url":"https://u:§@h/p"}"#),
        ("body, an object", #""request":{"data":{"password":"§"}}"#),
        ("body, JSON", #""request":{"data":"{\"password\":\"§\"}"}"#),
        ("body, broken JSON", #""request":{"data":"{\"password\":\"§\",,"}"#),
        (
            "body, a form",
            #""request":{"headers":{"Content-Type":"application/x-www-form-urlencoded"},"data":"passwd=§&a=1"}"#
        ),
        ("body, an undeclared form", #""request":{"data":"a=1&passwd=§"}"#),
        ("body, nested JSON", #""request":{"data":"{\"a\":\"{\\\"token\\\":\\\"§\\\"}\"}"}"#),
        ("environment", #""request":{"env":{"HTTP_AUTHORIZATION":"§"}}"#),
        ("environment, MySQL", #""request":{"env":{"MYSQL_PWD":"§"}}"#),
        ("crumb data", #""breadcrumbs":[{"data":{"token":"§"}}]"#),
        ("crumb message", #""breadcrumbs":[{"message":"login password=§"}]"#),
        ("crumb URL", #""breadcrumbs":[{"data":{"url":"https://u:§@h/"}}]"#),
        ("crumb, values", #""breadcrumbs":{"values":[{"data":{"headers":{"authorization":"§"}}}]}"#),
        ("message", #""message":"cannot reach https://u:§@h/""#),
        ("message, an assignment", #""message":"token=§ is wrong""#),
        ("log entry", #""logentry":{"message":"login %s","params":["password=§"]}"#),
        ("log entry, named", #""logentry":{"message":"hello","params":{"password":"§"}}"#),
        ("log entry, formatted", #""logentry":{"formatted":"Authorization: Bearer §"}"#),
        ("exception value", #""exception":[{"type":"E","value":"no login with password='§'"}]"#),
        ("exception value, a dictionary", #""exception":[{"type":"E","value":"{'api_key': '§'}"}]"#),
        ("mechanism data", #""exception":[{"type":"E","mechanism":{"type":"x","data":{"token":"§"}}}]"#),
        (
            "locals",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","vars":{"password":"§"}}]}}]"#
        ),
        (
            "locals, deep",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","vars":{"a":{"secret":"§"}}}]}}]"#
        ),
        (
            "locals, a representation",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","vars":{"d":"{'token': '§'}"}}]}}]"#
        ),
        (
            "source",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","context_line":"db = 'a://u:§@h'"}]}}]"#
        ),
        (
            "source, as PHP writes it",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","context_line":"a:\/\/u:§@h"}]}}]"#
        ),
        (
            "source before",
            #""exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","pre_context":["a://u:§@h"]}]}}]"#
        ),
        (
            "threads",
            #""threads":[{"id":1,"stacktrace":{"frames":[{"function":"f","vars":{"apikey":"§"}}]}}]"#
        ),
        ("bare stack", #""stacktrace":{"frames":[{"function":"f","vars":{"privatekey":"§"}}]}"#),
        ("transaction", #""transaction":"GET https://u:§@h/""#),
        ("culprit", #""culprit":"https://u:§@h/""#),
        (
            "spans",
            #""type":"transaction","spans":[{"description":"GET https://h/?token=§","data":{"auth":"§"}}]"#
        ),
        ("unknown member", #""payload":{"password":"§"}"#),
        ("unknown secret member", #""auth_token":"§""#),
        ("fingerprint", #""fingerprint":["token=§"]"#),
        (
            "private key",
            #""extra":{"pem":"-----BEGIN EC PRIVATE KEY-----\nS\n-----END EC PRIVATE KEY-----"}"#
        ),
        ("what is left out with a note", #""user":["password","§"]"#),
        ("what is left out, text", #""contexts":{"app":"password=§"}"#),
        ("a tag that is left out", #""tags":{"a":{"password":"§"}}"#),
        ("security report", #""csp":{"document-uri":"https://u:§@h/","blocked-uri":"https://h/?token=§"}"#),
    ]

    @Test func `no secret leaves the pipeline, wherever it stood`() throws {
        #expect(Self.places.count >= 60)
        for (number, place) in Self.places.enumerated() {
            let secret = "7\(number)0042"
            let json = "{\"platform\":\"python\",\(place.event.replacing("§", with: secret))}"
            let piped = try Pipe.run(json)
            let stored = String(decoding: piped.event.body, as: UTF8.self)

            #expect(!stored.contains(secret), "\(place.name): \(stored)")
            #expect(!"\(piped.event.facts) \(piped.event.tags)".contains(secret), "\(place.name)")
            #expect(stored.contains("[Filtered]"), "\(place.name): nothing says that something was there")
        }
    }

    @Test func `a card number goes, as text and as a number`() throws {
        let piped = try Pipe.run(#"{"extra":{"card":4111111111111111,"text":"pay 5500 0000 0000 0004 now"}}"#)

        #expect(piped["extra.card"] == #""[Filtered]""#)
        #expect(piped["extra.text"] == #""pay [Filtered] now""#)
        #expect(piped["_meta.extra.card"]?.contains("@creditcard:filter") == true)
    }

    @Test func `the remark says by which rule, at the place where it was`() throws {
        let json = #"""
            {"extra":{"list":[1,{"password":"a"}]},
             "exception":[{"type":"E","stacktrace":{"frames":[{"function":"f"},{"function":"g","vars":{"token":"b"}}]}}]}
            """#
        let piped = try Pipe.run(json)

        let remark = #"[["@password:filter","s"]]"#
        #expect(piped["_meta.extra.list.1.password"] == #"{"":{"rem":\#(remark)}}"#)
        #expect(
            piped["_meta.exception.values.0.stacktrace.frames.1.vars.token"] == #"{"":{"rem":\#(remark)}}"#)
        #expect(piped["errors"] == nil)
    }

    @Test func `what gives nothing away stays`() throws {
        let json = #"""
            {"user":{"id":"7","email":"a@b.example","username":"bob"},
             "extra":{"is_auth":true,"token":null,"secret":"","max_tokens":4096,"author":"Bob","count":1234567890123},
             "tags":{"release":"1","shop":"berlin"},"request":{"url":"https://h/p","headers":{"Host":"h"}}}
            """#
        let piped = try Pipe.run(json)

        #expect(!String(decoding: piped.event.body, as: UTF8.self).contains("[Filtered]"))
        #expect(piped["_meta"] == nil)
        #expect(piped["user.email"] == #""a@b.example""#)
    }

    @Test func `a project may turn it off, add words and let names pass`() throws {
        let json = #"{"extra":{"password":"a","iban":"b","token_kind":"c"}}"#
        let off = try Pipe.run(json, Pipe.arrival(scrubbing: ScrubbingRules(isOn: false)))
        let own = try Pipe.run(
            json,
            Pipe.arrival(scrubbing: ScrubbingRules(additionalWords: ["iban"], safeNames: ["token_kind"])))

        #expect(off["extra"] == #"{"password":"a","iban":"b","token_kind":"c"}"#)
        #expect(own["extra"] == #"{"password":"[Filtered]","iban":"[Filtered]","token_kind":"c"}"#)
    }

    @Test func `addresses go where a project wants that, and with them what could be guessed back`() throws {
        let json = #"""
            {"platform":"javascript","user":{"ip_address":"198.51.100.7"},"request":{"url":"https://h/",
             "env":{"REMOTE_ADDR":"198.51.100.7"},"headers":{"X-Forwarded-For":"198.51.100.7","Host":"h"}}}
            """#
        let kept = try Pipe.run(json)
        let gone = try Pipe.run(json, Pipe.arrival(scrubbing: ScrubbingRules(removesAddresses: true)))

        #expect(kept.event.user != nil && kept["user.ip_address"] == #""198.51.100.7""#)
        #expect(gone.event.user == nil)
        #expect(
            !"\(String(decoding: gone.event.body, as: UTF8.self)) \(gone.event.tags)".contains("198.51.100.7")
        )
        #expect(gone["request.headers"] == #"[["Host","h"]]"#)
    }

    @Test func `a hundred thousand secrets cost no more than their length`() throws {
        let pairs = String(repeating: "[\"token\",\"a\"],", count: 100_000)
        let piped = try Pipe.run("{\"payload\":[\(pairs)0],\"extra\":{\"x\":\"y\"}}")

        #expect(!String(decoding: piped.event.body, as: UTF8.self).contains("\"a\""))
    }

    @Test func `events of one bug meet whatever secret was in them`() throws {
        let first = try Pipe.hashes(#"{"message":"login failed, password=abc"}"#)
        let second = try Pipe.hashes(#"{"message":"login failed, password=xyzzy"}"#)

        #expect(first == second)
    }
}
