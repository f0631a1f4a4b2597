// Every name in a template is answered by the model that stands behind it.

import Testing

@testable import Web

struct ViewTests {
    @Test func `templates parse and take their indentation for nothing`() throws {
        for (name, source) in Templates.all {
            let prepared = Templates.prepared(source)
            #expect(prepared.hasPrefix("{{% CONTENT_TYPE: EscapedHTML}}{{!"), "\(name)")
            #expect(!prepared.contains("\n"), "\(name)")
            #expect(
                !prepared.contains("{{{") && !prepared.contains("{{&"), "\(name) shows something unescaped")
        }
    }

    @Test func `a value that is not there closes its section`() {
        #expect(optional("") as? Bool == false)
        #expect(optional(String?.none) as? Bool == false)
        #expect(optional("a") as? String == "a")
    }
}
