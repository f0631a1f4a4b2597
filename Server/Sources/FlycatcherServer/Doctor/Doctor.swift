// Looks an installation over, in the order in which things would go wrong.

import FlycatcherWire
import FoundationEssentials
import SQLiteStorage

/// A check of a data folder and of the machine around it; nothing is changed by it.
public struct Doctor: Sendable {
    /// Whether something answers at an address.
    public enum Reach: Hashable, Sendable {
        case answers
        /// Something does, and it is no Flycatcher.
        case stranger
        case silence(String)
    }

    /// How closely the database is looked at.
    public enum Depth: Sendable {
        /// Every page of it: seconds for a gigabyte.
        case quick
        /// Its indexes against its tables as well.
        case full
    }

    let configuration: Configuration
    let machine: Machine
    private let reach: @Sendable (PublicURL) -> Reach

    /// - Parameter reach: asks an address whether a server is there.
    public init(_ configuration: Configuration, reach: @escaping @Sendable (PublicURL) -> Reach) {
        self.init(configuration, machine: .current(configuration), reach: reach)
    }

    init(
        _ configuration: Configuration, machine: Machine, reach: @escaping @Sendable (PublicURL) -> Reach
    ) {
        self.configuration = configuration
        self.machine = machine
        self.reach = reach
    }

    /// Everything that was looked at, sound or not.
    public func findings(_ depth: Depth) -> [Finding] {
        var findings = [folder]
        guard findings[0].state != .problem else { return findings }
        findings += [permissions, space, openFiles].compactMap { $0 }
        findings += database(depth)
        findings += files
        findings += [server, publicAddress, leftovers].compactMap { $0 }
        return findings
    }

    private var folder: Finding {
        let path = configuration.dataFolder
        guard FileManager.default.fileExists(atPath: path) else {
            return .problem(
                "data folder", "\(path) is not there",
                do: "name it with --data or FLYCATCHER_DATA, or run 'flycatcher serve' to make it")
        }
        guard machine.mayWrite else {
            return .problem(
                "data folder", "this user may not write to \(path)",
                do: "run flycatcher as the user who owns it, or give it to this one with chown")
        }
        guard machine.folderIsPrivate else {
            return .warning(
                "data folder", "other users of this machine may read \(path)", do: "run 'chmod 700 \(path)'")
        }
        return .ok("data folder", path)
    }

    /// Who once ran a command as another user, as root mostly, has left files that the server cannot write.
    private var permissions: Finding? {
        guard !machine.unwritable.isEmpty else { return nil }
        return .problem(
            "permissions", "this user may not write to \(Self.some(machine.unwritable))",
            do: "give all of \(configuration.dataFolder) to the user who runs the server, with chown -R")
    }

    private var space: Finding {
        guard let disk = machine.disk else {
            return .warning(
                "disk space", "the system does not say how much is free", do: "look at 'df' now and then")
        }
        let text = "\(disk.freeBytes >> 20) MB of \(disk.byteCount >> 20) MB are free"
        let share = Double(disk.freeBytes) / Double(max(1, disk.byteCount))
        if share < 0.02 || disk.freeBytes < 200 << 20 {
            return .problem("disk space", text, do: Self.makeRoom)
        }
        if share < 0.1 || disk.freeBytes < 2 << 30 {
            return .warning("disk space", text, do: Self.makeRoom)
        }
        return .ok("disk space", text)
    }

    private static let makeRoom =
        "make room, move the data folder to a larger disk, or keep events for fewer days"

    private var openFiles: Finding {
        let text = "\(machine.openFileLimit) files and connections may be open at once"
        guard machine.openFileLimit < 1024 else { return .ok("open files", text) }
        return .warning(
            "open files", text,
            do: "raise it with 'ulimit -n 4096', or LimitNOFILE=4096 in the unit of systemd")
    }

    private var server: Finding {
        let listening = "\(configuration.host):\(configuration.port)"
        guard !machine.isServed else {
            let address = AddressFile(dataFolder: configuration.dataFolder).read()?.localURL
            return .ok("server", "one runs on this folder\(address.map { ", at \($0)" } ?? "")")
        }
        guard machine.portIsFree else {
            return .problem(
                "server", "none runs on this folder, and something else listens on \(listening)",
                do: "stop what listens there, or choose another --port")
        }
        return .warning(
            "server", "none runs on this folder; \(listening) is free", do: "run 'flycatcher serve'")
    }

    /// Only a server that runs can be reached.
    private var publicAddress: Finding? {
        let seen = AddressFile(dataFolder: configuration.dataFolder).read()?.publicURL
        guard machine.isServed, let url = configuration.publicURL ?? seen else { return nil }
        switch reach(url) {
        case .answers where url.isSecure || url.isLocal: return .ok("public address", "\(url) answers")
        case .answers:
            return .warning(
                "public address", "\(url) answers without encryption",
                do: "put a proxy with TLS in front and start the server with --url https://…")
        case .stranger:
            return .problem(
                "public address", "what answers at \(url) is no flycatcher",
                do: "check --url and the proxy: they must lead to this server, with the path that --url names"
            )
        case .silence(let reason):
            return .problem(
                "public address", "\(url) cannot be reached from here: \(reason)",
                do: "check --url, the proxy and the name service; apps send to this address")
        }
    }

    private var leftovers: Finding? {
        // A folder that can be written to can be listed; if not, there is nothing to say about it.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: configuration.dataFolder)) ?? []
        let left = names.filter { $0.hasPrefix("flycatcher-before-") || $0 == ".restoring" }.sorted()
        guard !left.isEmpty else { return nil }
        return .warning(
            "leftovers", "\(left.joined(separator: ", ")) is left from a restore",
            do: "remove it once you are content with what was restored")
    }
}

extension PublicURL {
    /// Whether it is an address of this very machine, which nobody can listen in on.
    var isLocal: Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains { authority == $0 || authority.hasPrefix("\($0):") }
    }
}
