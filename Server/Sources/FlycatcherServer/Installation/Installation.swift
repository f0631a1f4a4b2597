// A data folder that has been opened: what every command works on.

import Logging
import Model
import SQLiteStorage

/// Everything that Flycatcher keeps in one data folder.
public struct Installation: Sendable {
    let configuration: Configuration
    let store: any Store
    let accounts: Accounts
    /// How full the disk is; the store asks it too.
    let disk: DiskState

    /// Runs a command on a data folder, beside a running server or without one, and closes it afterwards.
    public static func withOpen<Value: Sendable>(
        _ configuration: Configuration, _ work: (Installation) async throws -> Value
    ) async throws -> Value {
        let installation = try open(configuration, role: .tool)
        do {
            let value = try await work(installation)
            try await installation.store.close()
            return value
        } catch {
            // The command's own failure is what its user must hear of.
            try? await installation.store.close()
            throw error
        }
    }

    /// Opens a data folder; the caller closes the store.
    static func open(_ configuration: Configuration, role: StoreRole) throws -> Installation {
        let disk = DiskState()
        let options = StoreOptions(role: role, disk: disk, keptPerHour: configuration.sampling)
        let store = try SQLiteStore.open(folder: configuration.dataFolder, options: options)
        return Installation(configuration, store: store, disk: disk)
    }

    init(
        _ configuration: Configuration, store: any Store, accounts: Accounts? = nil,
        disk: DiskState = DiskState()
    ) {
        self.disk = disk
        self.configuration = configuration
        self.store = store
        self.accounts = accounts ?? Accounts(store: store)
    }

    /// Where the server is reached: as configured, else as it said when it ran last, else by default.
    var address: ServerAddress {
        let configured = ServerAddress(configuration)
        guard let seen = AddressFile(dataFolder: configuration.dataFolder).read() else { return configured }
        return ServerAddress(publicURL: configuration.publicURL ?? seen.publicURL, localURL: seen.localURL)
    }
}
