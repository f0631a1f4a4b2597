// Whom the server tells of its own errors.

public import FlycatcherWire
import Model

/// Where reports on the server itself go.
public enum SelfReportTarget: Hashable, Sendable {
    case nobody
    /// A project of this very server, made when it first starts so.
    case ownProject
    /// A project anywhere.
    case dsn(DSN)

    /// Reads `off`, `internal` or a DSN; nil for anything else.
    init?(_ text: String) {
        switch text.lowercased() {
        case "off": self = .nobody
        case "internal": self = .ownProject
        default:
            // What is wrong with it is said by what is expected instead.
            guard let dsn = try? DSN(text) else { return nil }
            self = .dsn(dsn)
        }
    }
}

/// How reports on the server itself get to their project.
public struct SelfReportRoute: Sendable {
    /// Where they go.
    public let dsn: DSN
    /// Where what must outlive the server is kept.
    public let folder: String
    /// Whether they come back here: a server that crashes takes nothing in.
    public let leadsHere: Bool
}

extension Installation {
    /// The name of the project that the server reports its own errors to.
    static let ownProject = "Flycatcher itself"

    /// The key of the project that is told, if it is one of ours; makes the project where it is missing.
    func ownKey(for target: SelfReportTarget) async throws -> ProjectKey? {
        switch target {
        case .nobody: return nil
        case .dsn(let dsn):
            return try await store.projectKeys().first { $0.publicKey == dsn.publicKey }
        case .ownProject:
            let project = try await store.projects().first { $0.name == Self.ownProject }
            guard let project else {
                let draft = ProjectDraft(name: Self.ownProject, platform: "swift")
                return try await store.createProject(draft, at: accounts.now()).1
            }
            return try await store.projectKeys().first { $0.project == project.id && $0.isEnabled }
        }
    }
}

extension Composition {
    /// Where reports go: as configured, or to the server's own address.
    ///
    /// - Parameter ownKey: the key of the project that is told, if it is one of ours.
    func selfReportRoute(_ ownKey: ProjectKey?) throws -> SelfReportRoute? {
        let dsn: DSN? =
            switch configuration.selfReports {
            case .nobody: nil
            case .dsn(let dsn): dsn
            case .ownProject: try ownKey.map { try address.all.localURL.dsn(of: $0) }
            }
        return dsn.map {
            SelfReportRoute(dsn: $0, folder: "\(configuration.dataFolder)/self", leadsHere: ownKey != nil)
        }
    }
}
