// Chooses the exception after which an event is named.

import TapeJSON

extension EventDraft {
    /// The outermost exception, unless it only wraps what people want to read.
    func mainException() -> JSONNode? {
        guard let outermost = exceptions.last else { return nil }
        if let only = ExceptionTree.main(exceptions, in: self) { return only }
        guard exceptions.count > 1, isWrapper(outermost) else { return outermost }
        return exceptions.first ?? outermost
    }

    /// What React and RxJava throw around the error that matters.
    private func isWrapper(_ exception: JSONNode) -> Bool {
        let type = text("type", of: exception) ?? ""
        if Self.wrapperTypes.contains(where: { type == $0 || type.hasSuffix("." + $0) }) { return true }
        guard type == "Error", let value = text("value", of: exception) else { return false }
        return Self.wrapperValues.contains { value.hasPrefix($0) }
    }

    private static let wrapperTypes = [
        "OnErrorNotImplementedException", "CompositeException", "UndeliverableException",
    ]

    private static let wrapperValues = [
        "There was an error during concurrent rendering but React was able to recover",
        "There was an error while hydrating",
    ]
}
