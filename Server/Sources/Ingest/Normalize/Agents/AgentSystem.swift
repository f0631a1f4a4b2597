// Which system a header names.

enum AgentSystem {
    static func system(of text: AgentText) -> UserAgent.Product? {
        for remark in text.remarks {
            if let system = windows(remark) ?? apple(remark) ?? android(remark, text) ?? other(remark) {
                return system
            }
        }
        if text.remark("X11") != nil || text.remark("Linux") != nil {
            return UserAgent.Product(name: distribution(text) ?? "Linux")
        }
        if let version = text.version(of: "KAIOS") {
            return UserAgent.Product(name: "KaiOS", version: version.version)
        }
        return nil
    }

    private static func windows(_ remark: Substring) -> UserAgent.Product? {
        if let phone = remark.after("Windows Phone") {
            let version = phone.drop { $0 == " " || $0 == "O" || $0 == "S" }.version
            return UserAgent.Product(name: "Windows Phone", version: version)
        }
        if let version = remark.after("Windows NT ")?.version {
            return UserAgent.Product(name: "Windows", version: windowsNames[version] ?? version)
        }
        guard let version = remark.after("Windows ") else { return nil }
        return UserAgent.Product(name: "Windows", version: String(version.prefix(10)))
    }

    /// Browsers say `10.0` for whatever came after Windows 10, too.
    private static let windowsNames = [
        "10.0": ">=10", "6.3": "8.1", "6.2": "8", "6.1": "7", "6.0": "Vista", "5.2": "XP", "5.1": "XP",
        "5.0": "2000",
    ]

    private static func apple(_ remark: Substring) -> UserAgent.Product? {
        for prefix: StaticString in ["CPU iPhone OS ", "CPU OS ", "iPhone OS ", "iOS "] {
            if let version = remark.after(prefix)?.version {
                return UserAgent.Product(name: "iOS", version: version)
            }
        }
        if remark.after("iPhone")?.isEmpty == true || remark.after("iPad")?.isEmpty == true { return nil }
        for prefix: StaticString in ["Intel Mac OS X", "PPC Mac OS X", "ARM Mac OS X", "Mac OS X"] {
            guard let rest = remark.after(prefix) else { continue }
            let version = rest.drop { $0 == " " }.version
            // The number at which browsers stopped counting.
            return UserAgent.Product(name: "Mac OS X", version: version == "10.15.7" ? ">=10.15.7" : version)
        }
        return nil
    }

    private static func android(_ remark: Substring, _ text: AgentText) -> UserAgent.Product? {
        guard let rest = remark.after("Android") else { return nil }
        let version = rest.drop { $0 == " " || $0 == "-" }.version
        // Chrome says Android 10 for all since, and calls every device `K`.
        let isFrozen = version == "10" && text.hasRemark("K")
        return UserAgent.Product(name: "Android", version: isFrozen ? ">=10" : version)
    }

    private static func other(_ remark: Substring) -> UserAgent.Product? {
        if let rest = remark.after("CrOS ") {
            return UserAgent.Product(name: "Chrome OS", version: rest.drop { $0 != " " }.dropFirst().version)
        }
        for (prefix, name) in names {
            if let rest = remark.after(prefix) {
                return UserAgent.Product(name: name, version: rest.drop { $0 == " " || $0 == "/" }.version)
            }
        }
        return nil
    }

    private static let names: [(StaticString, String)] = [
        ("Tizen", "Tizen"), ("Web0S", "webOS"), ("webOS", "webOS"), ("HarmonyOS", "HarmonyOS"),
        ("OpenHarmony", "OpenHarmony"), ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("SunOS", "Solaris"),
        ("Nintendo Switch", "Nintendo Switch"), ("PlayStation 4", "PlayStation 4"),
        ("PlayStation 5", "PlayStation 5"), ("BlackBerry", "BlackBerry OS"), ("BB10", "BlackBerry OS"),
        ("KAIOS", "KaiOS"), ("Fuchsia", "Fuchsia"),
    ]

    private static func distribution(_ text: AgentText) -> String? {
        let names: [StaticString] = ["Ubuntu", "Fedora", "Debian", "Linux Mint", "Arch Linux", "Gentoo"]
        if text.version(of: "Ubuntu") != nil { return "Ubuntu" }
        return names.first { text.hasRemark($0) }?.description
    }
}
