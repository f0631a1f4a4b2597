// The SQLite store passes the contract of all stores.

import SQLiteStorage
import StoreContract
import Testing

@Suite struct StoreContractTests {
    @Test(arguments: StoreContract.rules) func `the contract holds`(rule: StoreContract.Rule) async throws {
        let folder = try TemporaryFolder()
        try await StoreContract { try SQLiteStore.open(folder: folder.data) }.check(rule)
    }
}
