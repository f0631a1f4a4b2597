// Reads the one line in which a system or runtime describes itself: `Microsoft Windows NT 10.0.19041.0`.

/// What a line such as `.NET Core 3.1.3` or `Darwin 19.6.0 Darwin Kernel Version …` says.
struct SystemDescription: Equatable {
    var name: String
    var version: String?
    var build: String?
    /// Whether the version is that of the kernel and not of the whole.
    var isKernel = false

    /// Reads words up to the first that begins with a digit, which is the version; nil when there is no name.
    init?(_ text: String) {
        let words = text.firstLine(Limit.name).split(separator: " ")
        let head = words.prefix { !$0.startsWithDigit }
        let rest = words[head.endIndex...]
        var name = head.filter { $0 != "Microsoft" && $0 != "NT" && $0 != "version" }.map(String.init)
        // `Darwin 19.6.0`, `Android OS 9`: the version follows at once, or there is none.
        if name.last == "OS", name.first == "Android" { name.removeLast() }
        guard !name.isEmpty, name.count <= 3 else { return nil }
        self.name = name.joined(separator: " ")
        guard let number = rest.first else {
            version = nil
            return
        }
        version = String(number.prefix { $0.isNumber || $0 == "." })
        build = Self.build(in: rest.dropFirst())
        isKernel = name == ["Darwin"] || name == ["Linux"] || name == ["Unix"]
        if name == ["Windows"] { splitWindows() }
    }

    /// What stands in brackets right behind the version: `10.13.6 (17G65)`.
    private static func build(in rest: ArraySlice<Substring>) -> String? {
        guard let word = rest.first, word.hasPrefix("("), word.hasSuffix(")") else { return nil }
        return String(word.dropFirst().dropLast())
    }

    /// The third number of Windows is its build: `10.0.19041`.
    private mutating func splitWindows() {
        let parts = (version ?? "").split(separator: ".")
        if parts.count >= 3, parts[1] == "0" {
            version = String(parts[0])
            build = String(parts[2])
        } else if let build, build.hasPrefix("10.0.") {
            self.build = build.split(separator: ".").last.map(String.init)
        }
    }
}

extension Substring {
    fileprivate var startsWithDigit: Bool {
        utf8.first.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
    }
}
