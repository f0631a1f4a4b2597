// The program and its libraries, as a server needs to know them to name addresses.

import CFlycatcher
import Synchronization

/// What the process has loaded, listed anew when that has changed.
enum LoadedImages {
    private static let listed = Mutex<(generation: UInt64, images: [Flycatcher.DebugImage])?>(nil)

    /// A number that is another one when a library was loaded or let go.
    static var generation: UInt64 {
        flycatcher_image_generation()
    }

    /// All images, by address.
    static var all: [Flycatcher.DebugImage] {
        listed.withLock { listed in
            let generation = generation
            if let listed, listed.generation == generation { return listed.images }
            let images = list()
            listed = (generation, images)
            return images
        }
    }

    /// The image that holds an address.
    static func image(at address: UInt64) -> Flycatcher.DebugImage? {
        all.last { $0.address <= address }.flatMap { $0.contains(address) ? $0 : nil }
    }

    /// The images that hold the calls of an event, without those that a server could not tell from others.
    static func holding(_ event: Flycatcher.Event) -> [Flycatcher.DebugImage] {
        let traces = event.exceptions.compactMap(\.stackTrace) + event.threads.compactMap(\.stackTrace)
        let addresses = traces.flatMap(\.frames).compactMap(\.instructionAddress)
        guard !addresses.isEmpty else { return [] }
        let images = Set(addresses.compactMap(image))
        return images.filter { !$0.debugID.isEmpty }.sorted { $0.address < $1.address }
    }

    private static func list() -> [Flycatcher.DebugImage] {
        var images: [Flycatcher.DebugImage] = []
        withUnsafeMutablePointer(to: &images) { images in
            flycatcher_visit_images(
                { image, context in
                    guard let image, let context else { return }
                    let images = context.assumingMemoryBound(to: [Flycatcher.DebugImage].self)
                    images.pointee.append(Flycatcher.DebugImage(image.pointee))
                }, images)
        }
        return images.sorted { $0.address < $1.address }
    }

    #if arch(x86_64)
        static let architecture = "x86_64"
    #elseif arch(arm64)
        static let architecture = "arm64"
    #else
        static let architecture = "unknown"
    #endif
}

extension Flycatcher.DebugImage {
    fileprivate init(_ image: flycatcher_image) {
        let buildID = UnsafeBufferPointer(
            start: image.build_id, count: image.build_id == nil ? 0 : image.build_id_count)
        let path = image.path.map { String(cString: $0) } ?? ""
        self.init(
            codeFile: path.isEmpty ? ProcessFacts.executable : path,
            buildID: Array(buildID),
            address: image.address, size: image.size, architecture: LoadedImages.architecture)
    }

    fileprivate func contains(_ address: UInt64) -> Bool {
        address >= self.address && address - self.address < size
    }
}
