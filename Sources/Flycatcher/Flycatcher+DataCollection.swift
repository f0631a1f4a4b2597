// What integrations must know before they collect.

extension Flycatcher {
    /// What integrations may collect at present; the strict defaults while the SDK is off.
    public static var dataCollection: DataCollection {
        ActiveClient.current?.settings.dataCollection ?? DataCollection()
    }
}
