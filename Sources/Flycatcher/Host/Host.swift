// The machine, the runtime and the process that the app is.

import FlycatcherWire
import Foundation

/// Facts about where the process runs (protocol section 22.4).
enum Host {
    /// The machine's name; nil when it has none.
    static let name: String? = {
        let name = systemHostName()
        return name.isEmpty ? nil : name
    }()

    /// The contexts of an event that happens now, without the names of people or machines.
    static var contexts: [String: [String: Flycatcher.JSONValue]] {
        var contexts = lasting
        contexts["device"]?["free_memory"] = ProcessFacts.availableBytes.map { .integer($0) }
        contexts["app"]?["app_memory"] = ProcessFacts.residentBytes.map { .integer($0) }
        return contexts
    }

    /// What is the same for all events of the process, read once.
    private static let lasting: [String: [String: Flycatcher.JSONValue]] = {
        var contexts = [
            "os": operatingSystem, "runtime": runtime, "device": device, "app": app,
            "culture": ["timezone": .string(TimeZone.current.identifier)],
        ]
        contexts["cloud_resource"] = CloudResource.context(environment: ProcessInfo.processInfo.environment)
        return contexts
    }()

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
        ["name": "Swift", "version": .string(SwiftVersion.current)]
    }

    private static var device: [String: Flycatcher.JSONValue] {
        let process = ProcessInfo.processInfo
        var fields: [String: Flycatcher.JSONValue] = [
            "arch": .string(SystemName().machine),
            "processor_count": .integer(process.processorCount),
            "memory_size": .integer(Int(clamping: process.physicalMemory)),
        ]
        fields["boot_time"] = moment(ProcessFacts.bootedAt)
        return fields
    }

    private static var app: [String: Flycatcher.JSONValue] {
        var fields: [String: Flycatcher.JSONValue] = [
            "app_name": .string(ProcessFacts.name), "app_arch": .string(LoadedImages.architecture),
            "build_type": .string(buildType),
        ]
        fields["app_start_time"] = moment(ProcessFacts.startedAt)
        return fields
    }

    private static func moment(_ date: Date?) -> Flycatcher.JSONValue? {
        date.flatMap { Timestamp(seconds: $0.timeIntervalSince1970) }.map { .string($0.description) }
    }

    private static var buildType: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}

/// The version of the compiler, which made the app and the SDK alike.
private enum SwiftVersion {
    static var current: String {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3.3)
            "6.3.3"
        #elseif compiler(>=6.3.2)
            "6.3.2"
        #elseif compiler(>=6.3.1)
            "6.3.1"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
