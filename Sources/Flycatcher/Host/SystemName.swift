// The names by which the system's kernel and the machine are known.

import Foundation

/// What `uname` tells.
struct SystemName {
    var name = ""
    var release = ""
    var build = ""
    var machine = ""

    init() {
        var system = utsname()
        guard uname(&system) == 0 else { return }
        name = Self.text(&system.sysname)
        release = Self.text(&system.release)
        build = Self.text(&system.version)
        machine = Self.text(&system.machine)
    }

    private static func text<Characters>(_ characters: inout Characters) -> String {
        withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

func systemHostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
