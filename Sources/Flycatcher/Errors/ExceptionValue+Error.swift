// One error as an exception: what it is, what it says, by which numbers the platform knows it.

import Foundation

extension Flycatcher.ExceptionValue {
    /// Describes one error, without its causes.
    init(
        describing error: any Error, _ mechanism: Flycatcher.Mechanism = Flycatcher.Mechanism(isHandled: true)
    ) {
        let name = TypeName(of: error)
        let reportable = error as? any Flycatcher.ReportableError
        self.init(
            type: reportable?.reportType ?? name.type, value: reportable?.reportValue ?? ErrorText.of(error),
            module: name.module, mechanism: mechanism)
        self.mechanism?.meta.merge(PlatformCodes.of(error)) { given, _ in given }
        self.mechanism?.data.merge(CodingPlace(of: error)?.data ?? [:]) { given, _ in given }
        guard error.isFoundationObject, reportable == nil else { return }
        (type, module) = ((error as NSError).domain, nil)
    }
}

extension Error {
    /// Whether it is an `NSError` itself, and not merely convertible to one as every error is.
    var isFoundationObject: Bool {
        type(of: self) is NSError.Type
    }

    /// Whether it is one of Foundation's structs around an `NSError`, which print all their user info.
    var isOfFoundation: Bool {
        self is any CustomNSError && TypeName(of: self).module?.hasPrefix("Foundation") == true
    }
}
