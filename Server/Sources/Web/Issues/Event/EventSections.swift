// The parts of an event that are names and values, in the order in which the page shows them.

import FlycatcherWire
import TapeJSON

extension EventDocument {
    func userSection() -> PairSection? {
        PairSection(id: "user", title: "User", pairs("user", of: root))
    }

    func extraSection() -> PairSection? {
        PairSection(id: "extra", title: "Extra", pairs("extra", of: root))
    }

    func moduleSection() -> PairSection? {
        let list = pairs("modules", of: root)
        return PairSection(id: "modules", title: "Modules", list, isFolded: true)
    }

    func sdkSection() -> PairSection? {
        let sdk = member("sdk", of: root)
        let name = [string("name", of: sdk), string("version", of: sdk)].filter { !$0.isEmpty }
        return PairSection(
            id: "sdk", title: "SDK", pairs("sdk", of: root), note: name.joined(separator: " "), isFolded: true
        )
    }

    func noteSection() -> PairSection? {
        PairSection(id: "notes", title: "Changed on the way", processingNotes())
    }

    /// Loaded images, each under the last part of its path.
    func imageSection() -> PairSection? {
        let debug = member("debug_meta", of: root)
        let images = values(member("images", of: debug))
        let shown = images.prefix(PairList.maximumCount).map { image in
            let file = firstText(of: ["code_file", "debug_file", "name", "type"], in: image)
            let name = file.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "image"
            return Pair(name: name, value: text(image).shown)
        }
        let rest = pairs(debug, without: ["images"])
        let list = PairList(shown + rest.pairs, omitted: max(0, images.count - PairList.maximumCount))
        return PairSection(id: "images", title: "Debug images", list, isFolded: true)
    }

    /// The single values of the event, and whatever has no part of its own.
    func eventSection() -> PairSection? {
        let list = pairs(root, without: Self.shownElsewhere)
        return PairSection(
            id: "event", title: "Event", PairList(list.pairs.map(readable), omitted: list.omitted))
    }

    /// A moment given as seconds, as people write it.
    private func readable(_ pair: Pair) -> Pair {
        guard pair.name == "timestamp" || pair.name == "received", let seconds = Double(pair.value),
            let moment = Timestamp(seconds: seconds)
        else { return pair }
        return Pair(name: pair.name, value: Moment(moment, now: moment).exact)
    }

    /// The tags that the event carries.
    func tags() -> PairList {
        pairs("tags", of: root)
    }

    private static var shownElsewhere: Set<String> {
        [
            "exception", "threads", "stacktrace", "logentry", "message", "breadcrumbs", "request", "user",
            "contexts",
            "tags", "extra", "modules", "sdk", "debug_meta", "errors", "_meta",
        ]
    }
}
