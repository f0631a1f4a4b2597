// A stack trace as people read it: newest call first, own code in front, other people's folded.

import TapeJSON

/// A stack trace.
struct StackTrace: View {
    /// So many frames are shown; the normaliser keeps fewer.
    static let maximumFrames = 400

    let items: [StackItem]
    let registers: PairList

    /// Nil when there are no frames; `opensNewest` lets the newest own frame show its source right away.
    init?(_ node: JSONNode?, in event: EventDocument, opensNewest: Bool) {
        let frames = event.values(event.member("frames", of: node)).suffix(Self.maximumFrames).reversed()
            .map { StackFrame($0, in: event) }
        guard !frames.isEmpty else { return nil }
        items = StackItem.all(of: frames, opensNewest: opensNewest)
        registers = event.pairs("registers", of: node)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "items": items
        case "registers": registers.isEmpty ? false : registers
        default: false
        }
    }
}

/// A frame, or several of other people's code in one line.
enum StackItem: View {
    case frame(StackFrame)
    case folded([StackFrame])

    func child(named name: String) -> Any? {
        switch (name, self) {
        case ("frame", .frame(let frame)): frame
        case ("folded", .folded(let frames)): FoldedFrames(frames: frames)
        default: false
        }
    }

    /// Folds the runs of foreign frames.
    ///
    /// Where no frame is known to be the app's, unmarked frames count as own.
    static func all(of frames: [StackFrame], opensNewest: Bool) -> [StackItem] {
        let knowsOwn = frames.contains { $0.isInApp == true }
        let isOwn = { (frame: StackFrame) in knowsOwn ? frame.isInApp == true : frame.isInApp == nil }
        let newest = frames.firstIndex(where: isOwn) ?? 0
        var items: [StackItem] = []
        var run: [StackFrame] = []
        for (index, frame) in frames.enumerated() {
            var frame = frame
            frame.isForeign = !isOwn(frame)
            frame.isOpen = opensNewest && index == newest
            if frame.isForeign && index != newest {
                run.append(frame)
            } else {
                items += fold(&run) + [.frame(frame)]
            }
        }
        return items + fold(&run)
    }

    private static func fold(_ run: inout [StackFrame]) -> [StackItem] {
        defer { run = [] }
        return run.count > 1 ? [.folded(run)] : run.map(StackItem.frame)
    }
}

/// Frames of other people's code, one line until opened.
struct FoldedFrames: View {
    let frames: [StackFrame]

    func child(named name: String) -> Any? {
        switch name {
        case "frames": frames
        case "label": label
        default: false
        }
    }

    /// `6 frames of Hummingbird and NIOCore`.
    var label: String {
        let origins = Dictionary(grouping: frames.map(\.origin).filter { !$0.isEmpty }) { $0 }
        let names = origins.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.key)
        let count = Count(frames.count).of("frame")
        return switch names.count {
        case 0: "\(count) outside the app"
        case 1: "\(count) of \(names[0])"
        case 2: "\(count) of \(names[0]) and \(names[1])"
        default: "\(count) of \(names[0]), \(names[1]) and others"
        }
    }
}
