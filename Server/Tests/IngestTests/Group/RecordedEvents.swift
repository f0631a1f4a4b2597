// The events that other people's SDKs sent, where they lie beside the checkout.

import Foundation

enum RecordedEvents {
    /// By path below `../shared/data/events`; empty where there is no such folder.
    static let all: [SampleEvent] = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let folder = root.appendingPathComponent("../shared/data/events").standardizedFileURL
        return ["bugsink", "glitchtip", "sentry"].flatMap { part -> [SampleEvent] in
            let place = folder.appendingPathComponent(part)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
            return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
                guard let data = try? Data(contentsOf: place.appendingPathComponent(name)) else { return nil }
                return SampleEvent(name: "\(part)/\(name)", json: String(decoding: data, as: UTF8.self))
            }
        }
    }()
}
