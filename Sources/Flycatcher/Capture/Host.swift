// The machine and the runtime that the app runs on, read once.

import Foundation

/// Facts about where the process runs (protocol section 22.4).
enum Host {
    /// The machine's name; nil when it has none.
    static let name: String? = {
        let name = systemHostName()
        return name.isEmpty ? nil : name
    }()

    /// The contexts that are the same for all events of the process.
    static let contexts: [String: [String: Flycatcher.JSONValue]] = [
        "os": operatingSystem, "runtime": runtime, "device": device,
    ]

    private static var operatingSystem: [String: Flycatcher.JSONValue] {
        let system = SystemName()
        var fields: [String: Flycatcher.JSONValue] = [
            "name": .string(system.name), "version": .string(system.release),
            "kernel_version": .string(system.release), "build": .string(system.build),
        ]
        if let distribution = Distribution.current { fields["distribution"] = .object(distribution.fields) }
        return fields
    }

    private static var runtime: [String: Flycatcher.JSONValue] {
        ["name": "Swift", "version": .string(swiftVersion)]
    }

    private static var device: [String: Flycatcher.JSONValue] {
        let process = ProcessInfo.processInfo
        return [
            "arch": .string(SystemName().machine),
            "processor_count": .integer(process.processorCount),
            "memory_size": .integer(Int(clamping: process.physicalMemory)),
        ]
    }

    private static var swiftVersion: String {
        #if swift(>=6.4)
            "6.4"
        #elseif swift(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}

/// What `uname` tells.
private struct SystemName {
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

private func systemHostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
