// The files that go with the events of a scope.

extension Flycatcher.Scope {
    /// Sends a file along with the events captured under the scope; of more than a hundred, the first are kept.
    public func addAttachment(_ attachment: Flycatcher.Attachment) {
        update {
            guard $0.attachments.count < ScopeData.maximumKeys else { return }
            $0.attachments.append(attachment)
        }
    }

    /// Takes all attachments away again.
    public func clearAttachments() {
        update { $0.attachments = [] }
    }
}
