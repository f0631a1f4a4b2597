// What users say.

extension Flycatcher {
    /// Reports what a user says, together with what the scopes know.
    ///
    /// ```swift
    /// let id = Flycatcher.capture(error: error)
    /// // later, when the user has written something
    /// Flycatcher.captureFeedback(
    ///     Flycatcher.Feedback("It hung when I paid", contactEmail: "ada@example.org", associatedEventID: id))
    /// ```
    ///
    /// It is neither sampled nor shown to ``Options/beforeSend``; ``Options/beforeSendFeedback`` sees it.
    ///
    /// - Parameters:
    ///   - feedback: the words; without any, nothing is sent.
    ///   - configure: changes the scope for this report alone; attach a screenshot there.
    /// - Returns: the identity of the feedback; all zeros while the SDK is off.
    @discardableResult
    public static func captureFeedback(
        _ feedback: Feedback, scope configure: ((Scope) -> Void)? = nil
    ) -> EventID {
        guard let client = ActiveClient.current else { return .none }
        guard feedback.message.contains(where: { !$0.isWhitespace }) else {
            client.settings.diagnostics.complain("feedback without a message is not sent")
            return .none
        }
        return client.capture(.feedback(feedback), configure)
    }
}
