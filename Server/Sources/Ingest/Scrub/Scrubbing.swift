// Takes secrets out of an event before anything of it is written anywhere (protocol section 9.10).

import TapeJSON

enum Scrubbing {
    /// What stands where a secret stood.
    static let filtered = "[Filtered]"

    static func apply(_ draft: inout EventDraft) {
        let rules = draft.arrival.scrubbing
        guard rules.isOn || rules.removesAddresses else { return }
        var scrubber = Scrubber(rules)
        if rules.removesAddresses { scrubber.removeAddresses(&draft) }
        guard rules.isOn else { return }
        scrubber.looksAtCode = SecretText.mayHoldSecretOfCode(draft.document.bytes.span)
        scrubber.scrubEvent(&draft)
        draft.notes.scrub(rules)
    }
}

/// One walk through an event.
struct Scrubber {
    private let rules: ScrubbingRules
    /// The containers from the event down to what is looked at.
    private var trail: [JSONNode] = []
    /// Whether the lines of source must be looked at; mostly one look at the whole event says that they need not be.
    var looksAtCode = true

    init(_ rules: ScrubbingRules) {
        self.rules = rules
    }

    // MARK: What is known of an event

    /// Members of the event that are no text of the app's.
    private static let plainMembers = JSONKeyTable([
        "event_id", "timestamp", "start_timestamp", "received", "platform", "level", "type", "release",
        "dist",
        "environment", "site", "checksum", "modules", "sdk", "debug_meta", "measurements", "server_name",
        "_meta",
    ])
    /// Members that say of a user who it is: an app sends them to be seen.
    private static let userMembers = JSONKeyTable(["id", "username", "email", "name", "ip_address", "geo"])
    /// Members of a frame that are neither code nor values.
    private static let frameMembers = JSONKeyTable([
        "filename", "function", "module", "lineno", "colno", "in_app", "abs_path", "package", "raw_function",
        "symbol",
        "platform", "instruction_addr", "symbol_addr", "image_addr", "addr_mode", "stack_start",
        "source_link",
    ])
    private static let codeMembers = JSONKeyTable(["context_line", "pre_context", "post_context"])

    mutating func scrubEvent(_ draft: inout EventDraft) {
        forEachChild(of: draft.root, &draft) { scrubber, node, draft in
            if draft.document.index(ofKeyOf: node, in: Self.plainMembers) != nil { return }
            if draft.document.hasKey(node, "user") {
                scrubber.scrubUser(node, &draft)
            } else {
                scrubber.scrubMember(node, &draft)
            }
        }
    }

    private mutating func scrubUser(_ user: JSONNode, _ draft: inout EventDraft) {
        forEachChild(of: user, &draft) { scrubber, node, draft in
            if draft.document.index(ofKeyOf: node, in: Self.userMembers) == nil {
                scrubber.scrubMember(node, &draft)
            }
        }
    }

    private mutating func scrubFrames(_ frames: JSONNode, _ draft: inout EventDraft) {
        forEachChild(of: frames, &draft) { scrubber, frame, draft in
            scrubber.forEachChild(of: frame, &draft) { scrubber, node, draft in
                if draft.document.index(ofKeyOf: node, in: Self.frameMembers) != nil { return }
                if draft.document.index(ofKeyOf: node, in: Self.codeMembers) != nil {
                    if scrubber.looksAtCode { scrubber.scrub(node, as: .code, &draft) }
                } else {
                    scrubber.scrubMember(node, &draft)
                }
            }
        }
    }

    // MARK: What may be anything

    /// Looks at a member's name, then at what is in it.
    private mutating func scrubMember(_ node: JSONNode, _ draft: inout EventDraft) {
        if draft.document.withKey(node, { rules.isSecret($0) }) {
            filter(node, &draft)
        } else if draft.document.hasKey(node, "frames"), draft.document.kind(node) == .array {
            scrubFrames(node, &draft)
        } else {
            scrub(node, as: .prose, &draft)
        }
    }

    private mutating func scrub(_ node: JSONNode, as language: SecretText.Language, _ draft: inout EventDraft)
    {
        switch draft.document.kind(node) {
        case .null, .bool: return
        case .number: scrubNumber(node, &draft)
        case .string: scrubText(node, as: language, &draft)
        case .object:
            if let value = namedValue(node, draft.document) {
                filter(value, &draft)
            } else {
                forEachChild(of: node, &draft) { scrubber, child, draft in scrubber.scrubMember(child, &draft)
                }
            }
        case .array:
            if let value = pairedValue(node, draft.document) {
                filter(value, &draft)
            } else {
                forEachChild(of: node, &draft) { scrubber, child, draft in
                    scrubber.scrub(child, as: language, &draft)
                }
            }
        }
    }

    /// The second of two elements, of which the first is a secret's name: `["Authorization", "…"]`.
    private func pairedValue(_ array: JSONNode, _ document: JSONDocument) -> JSONNode? {
        guard document.count(array) == 2, let name = document.firstChild(of: array),
            document.withText(name, { rules.isSecret($0) }) == true
        else { return nil }
        return document.sibling(after: name)
    }

    /// The value of `{"key": …, "value": …}` when the key is a secret's name.
    private func namedValue(_ object: JSONNode, _ document: JSONDocument) -> JSONNode? {
        guard document.count(object) == 2, let name = document.member("key", of: object),
            document.withText(name, { rules.isSecret($0) }) == true
        else { return nil }
        return document.member("value", of: object)
    }

    private mutating func forEachChild(
        of node: JSONNode, _ draft: inout EventDraft,
        _ body: (inout Scrubber, JSONNode, inout EventDraft) -> Void
    ) {
        var next = draft.document.firstChild(of: node)
        trail.append(node)
        while let child = next {
            next = draft.document.sibling(after: child)
            body(&self, child, &draft)
        }
        trail.removeLast()
    }

    // MARK: Taking out

    /// Puts ``Scrubbing/filtered`` in the place of a value; yes and no give nothing away.
    private mutating func filter(_ node: JSONNode, _ draft: inout EventDraft) {
        switch draft.document.kind(node) {
        case .null, .bool: return
        case .string where draft.document.rawLength(node) == 0: return
        case .string where draft.document.isString(node, "[Filtered]"): return
        // How many tokens a model was given is no secret.
        case .number where draft.document.withKey(node, { Bytes.ends($0, with: "tokens") }): return
        case .number, .string, .array, .object: break
        }
        draft.document.setString(Scrubbing.filtered, at: node)
        note(.name, node, &draft)
    }

    private mutating func scrubNumber(_ node: JSONNode, _ draft: inout EventDraft) {
        guard let digits = draft.document.numberText(node), digits.utf8.count >= CardNumber.shortest,
            digits.utf8.allSatisfy({ Bytes.isDigit($0) }),
            CardNumber.isCard(digits.utf8.map { $0 - UInt8(ascii: "0") })
        else { return }
        draft.document.setString(Scrubbing.filtered, at: node)
        note(.card, node, &draft)
    }

    private mutating func scrubText(
        _ node: JSONNode, as language: SecretText.Language, _ draft: inout EventDraft
    ) {
        guard draft.document.rawLength(node) > 4 else { return }
        guard let clean = draft.document.withText(node, { rules.clean($0, language) }) ?? nil else { return }
        draft.document.setString(clean.text, at: node)
        note(clean.rule, node, &draft)
    }

    private func note(_ rule: ScrubbingRule, _ node: JSONNode, _ draft: inout EventDraft) {
        // The way to an element of a long list takes long to tell.
        guard !draft.notes.isFull else { return }
        draft.notes.add(.secret(rule), at: path(to: node, draft.document))
    }

    /// The keys and indices down to a node.
    private func path(to node: JSONNode, _ document: JSONDocument) -> [String] {
        zip(trail, trail.dropFirst() + [node]).map { container, child in
            document.kind(container) == .array
                ? index(of: child, in: container, document) : document.key(child)
        }
    }

    private func index(of node: JSONNode, in array: JSONNode, _ document: JSONDocument) -> String {
        String(document.children(of: array).prefix { $0 != node }.reduce(0) { count, _ in count + 1 })
    }

    // MARK: Addresses

    /// Takes out where the user came from: the address of its own, the web server's, and those in headers.
    mutating func removeAddresses(_ draft: inout EventDraft) {
        if let user = draft.document["user"] {
            remove("ip_address", of: user, at: ["user"], &draft)
            // A digest of an address could be guessed back.
            draft.user = draft.digest(of: user)
        }
        guard let request = draft.document["request"] else { return }
        if let environment = draft.document.member("env", of: request) {
            remove("REMOTE_ADDR", of: environment, at: ["request", "env"], &draft)
            remove("HTTP_X_FORWARDED_FOR", of: environment, at: ["request", "env"], &draft)
        }
        guard let headers = draft.document.member("headers", of: request) else { return }
        draft.document.removeChildren(of: headers) { document, pair in
            guard let name = document.firstChild(of: pair) else { return false }
            return Self.addressHeaders.contains { document.isString(name, $0) }
        }
    }

    /// Headers of proxies, by the names that ``Requests`` gives them.
    private static let addressHeaders: [StaticString] = [
        "X-Forwarded-For", "Forwarded", "X-Real-Ip", "X-Client-Ip", "Cf-Connecting-Ip", "True-Client-Ip",
        "Fastly-Client-Ip", "X-Cluster-Client-Ip",
    ]

    private func remove(_ key: JSONKey, of object: JSONNode, at path: [String], _ draft: inout EventDraft) {
        guard draft.document.remove(key, of: object) != nil else { return }
        draft.notes.add(.secret(.address), at: path + [key.description])
    }
}
