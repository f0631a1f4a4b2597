// A data folder that has been opened: what every command works on.

import FlycatcherWire
import Logging
import Model
import SQLiteStorage

/// Everything that Flycatcher keeps in one data folder.
public struct Installation: Sendable {
    let folder: String
    let store: any Store
    let accounts: Accounts

    /// Runs a command on a data folder, beside a running server or without one, and closes it afterwards.
    public static func withOpen<Value: Sendable>(
        folder: String, _ work: (Installation) async throws -> Value
    ) async throws -> Value {
        let installation = try open(folder: folder, role: .tool)
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
    static func open(folder: String, role: StoreRole) throws -> Installation {
        let store = try SQLiteStore.open(folder: folder, options: StoreOptions(role: role))
        return Installation(folder: folder, store: store, accounts: Accounts(store: store))
    }
}
