// Names places in the code of given images, which may be those of a process that is no more.

/// Finds functions, files and lines for addresses, and why code gave up, from images and their files.
struct Symbolizer {
    private let images: [Flycatcher.DebugImage]

    /// Prepares to name addresses within the images; nothing is read before the first question.
    init(images: [Flycatcher.DebugImage]) {
        self.images = images.sorted { $0.address < $1.address }
    }

    /// The calls at each place, the innermost first; a place without a name has its address all the same.
    func calls(at places: [CodePlace]) -> [CodePlace: [Flycatcher.Frame]] {
        Symbolication.calls(at: places)
    }

    /// Why an optimised program gave up at an address, such as "Index out of range"; nil when that is not known.
    func trapReason(at address: UInt64) -> String? {
        nil
    }
}
