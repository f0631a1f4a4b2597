// Says with which browser, on which system and device, a request was made (protocol 8.8, 9.6).

import Model
import TapeJSON

enum UserAgents {
    private static let known = Recollection<UserAgent>()

    static func apply(_ draft: inout EventDraft) {
        guard let header = draft.headerNode("User-Agent"), let text = draft.document.string(header) else {
            return
        }
        let agent = known.meaning(of: text) { UserAgent($0) }
        guard agent != UserAgent() else { return }
        // What runs in a browser runs on its system; what answers browsers runs on another.
        let system: JSONKey = draft.platform == "javascript" ? "os" : "client_os"
        if let browser = agent.browser { draft.addContext("browser", browser) }
        if let found = agent.system { draft.addContext(system, found) }
        if let device = agent.device { draft.addDevice(device) }
    }
}

extension EventDraft {
    /// The value of a request's header, by the name that ``Requests`` gives it.
    func headerNode(_ name: StaticString) -> JSONNode? {
        guard let request = document["request"], let headers = document.member("headers", of: request) else {
            return nil
        }
        var next = document.firstChild(of: headers)
        while let pair = next {
            next = document.sibling(after: pair)
            guard let first = document.firstChild(of: pair), document.isString(first, name) else { continue }
            return document.sibling(after: first)
        }
        return nil
    }

    /// Adds a context that the client has not sent.
    fileprivate mutating func addContext(_ alias: JSONKey, _ product: UserAgent.Product) {
        guard let context = makeContext(alias) else { return }
        if alias.description == "client_os" { setText("type", of: context, to: "os") }
        setText("name", of: context, to: product.name)
        if let version = product.version { setText("version", of: context, to: version) }
    }

    fileprivate mutating func addDevice(_ device: UserAgent.Device) {
        guard let context = makeContext("device") else { return }
        setText("family", of: context, to: device.family)
        setText("brand", of: context, to: device.brand)
        setText("model", of: context, to: device.model)
    }

    /// A new context; nil when the client has sent one.
    private mutating func makeContext(_ alias: JSONKey) -> JSONNode? {
        if document["contexts"] == nil {
            let contexts = document.makeObject()
            document.set("contexts", of: root, to: contexts)
        }
        guard let contexts = document["contexts"], document.member(alias, of: contexts) == nil else {
            return nil
        }
        let context = document.makeObject()
        document.set(alias, of: contexts, to: context)
        return context
    }
}
