// Settles who was affected and from which address (protocol 8.7).

import Model
import TapeJSON

enum Users {
    static func apply(_ draft: inout EventDraft) {
        let remote = draft.takeRemoteAddress()
        let claimed = draft.takeUserAddress()
        let address =
            claimed ?? remote ?? (draft.leavesAddressToServer() ? draft.arrival.clientAddress : nil)
        if let address { draft.setUserAddress(address) }
        guard let user = draft.document["user"] else { return }
        draft.gatherOtherMembers(of: user)
        draft.user = draft.digest(of: user)
        if draft.document.count(user) == 0 { draft.document.remove(user, of: draft.root) }
    }

    /// Clients on people's devices do not know their own address: the connection's is meant.
    fileprivate static func sendsNoAddress(_ platform: String) -> Bool {
        platform == "javascript" || platform == "cocoa" || platform == "objc"
    }

    /// Whether a text is an IPv4 or IPv6 address.
    static func isAddress(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":"))
            ? isIPv6(text.split(separator: "%", maxSplits: 1).first.map(String.init) ?? "")
            : isIPv4(text[...])
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { isByte($0) }
    }

    /// Whether one to three digits are a number up to 255.
    private static func isByte(_ digits: Substring.UTF8View) -> Bool {
        guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
            return false
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
    }

    private static func isIPv6(_ text: String) -> Bool {
        guard text.utf8.count <= 45, !text.contains(":::") else { return false }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        let groups = halves.flatMap { $0.split(separator: ":", omittingEmptySubsequences: false) }.filter {
            !$0.isEmpty
        }
        // The last 32 bits may be written as an IPv4 address, which then stands for two groups.
        let hasIPv4 = groups.last.map { isIPv4($0) } ?? false
        let hexGroups = hasIPv4 ? groups.dropLast() : groups[...]
        guard hexGroups.allSatisfy({ $0.utf8.count <= 4 && UInt16($0, radix: 16) != nil }) else {
            return false
        }
        let count = groups.count + (hasIPv4 ? 1 : 0)
        return halves.count == 2 ? count < 8 : count == 8
    }
}

extension EventDraft {
    /// Whether the connection's address is the user's: the client says so in `sdk.settings`, else its platform does.
    fileprivate func leavesAddressToServer() -> Bool {
        let setting = document["sdk"].flatMap { document.member("settings", of: $0) }
            .flatMap { document.member("infer_ip", of: $0) }
        if let setting {
            if document.isString(setting, "never") { return false }
            if document.isString(setting, "auto") { return true }
        }
        return Users.sendsNoAddress(platform)
    }

    /// The address that the web server says the request came from; `{{auto}}` means the connection's.
    fileprivate mutating func takeRemoteAddress() -> String? {
        guard let request = document["request"], let environment = document.member("env", of: request),
            let node = document.member("REMOTE_ADDR", of: environment), let text = document.string(node)
        else { return nil }
        guard text != "{{auto}}" else {
            document.remove(node, of: environment)
            if let address = arrival.clientAddress { setText("REMOTE_ADDR", of: environment, to: address) }
            return arrival.clientAddress
        }
        return Users.isAddress(text) ? text : nil
    }

    /// The user's own address; one that is none is left out with a note.
    fileprivate mutating func takeUserAddress() -> String? {
        guard let user = document["user"], let node = document.member("ip_address", of: user),
            let text = document.string(node)
        else { return nil }
        if text == "{{auto}}" {
            document.remove(node, of: user)
            return arrival.clientAddress
        }
        if Users.isAddress(text) { return text }
        notes.add(.invalidData, at: ["user", "ip_address"], value: excerpt(node))
        document.remove(node, of: user)
        return nil
    }

    fileprivate mutating func setUserAddress(_ address: String) {
        if document["user"] == nil {
            let user = document.makeObject()
            document.set("user", of: root, to: user)
        }
        if let user = document["user"] { setText("ip_address", of: user, to: address) }
    }

    /// Members that the protocol does not name are kept under `data`.
    fileprivate mutating func gatherOtherMembers(of user: JSONNode) {
        let known = EventShape.user.fields.map(\.key)
        let others = document.children(of: user).filter { node in
            !known.contains { document.hasKey(node, $0) }
        }
        guard !others.isEmpty else { return }
        if others.count > Limit.pairs { notes.add(.valueTooLong, at: ["user"], originalLength: others.count) }
        if document.member("data", of: user) == nil {
            let data = document.makeObject()
            document.set("data", of: user, to: data)
        }
        guard let data = document.member("data", of: user) else { return }
        for (index, node) in others.enumerated() {
            let key = document.key(node)
            document.remove(node, of: user)
            if index < Limit.pairs, document.kind(node) != .null {
                document.set(named: key, of: data, to: node)
            }
        }
    }

    /// The first of id, e-mail, name and address tells people apart.
    func digest(of user: JSONNode) -> UserDigest? {
        let members: [(JSONKey, UserIdentity)] = [
            ("id", .id), ("email", .email), ("username", .username), ("ip_address", .address),
        ]
        for (key, kind) in members {
            guard let text = text(key, of: user), !text.isEmpty else { continue }
            return UserDigest(kind: kind, text)
        }
        return nil
    }
}
