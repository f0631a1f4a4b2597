// What browsers are told about whose pages may send (protocol section 3.5).

import HTTPTypes
import Hummingbird
import Model

extension Composition {
    /// The pages that a request comes from; nil when no browser says.
    static func origin(of request: Request) -> String? {
        request.headers[.origin] ?? request.headers[.referer]
    }

    /// Lets a page read the answer if the project lets it send.
    ///
    /// - Parameter policy: what the project says; nil when it is not known, so that whoever is wrong may read why.
    func open(_ response: Response, to request: Request, of policy: ProjectPolicy?) -> Response {
        guard let origins = policy?.origins else { return response }
        var response = response
        response.headers[.vary] = "Origin"
        if let origin = request.headers[.origin], origins.cover(origin) {
            response.headers[.accessControlAllowOrigin] = origin
        } else {
            response.headers[.accessControlAllowOrigin] = nil
        }
        return response
    }

    /// What the project says that the path or, for clients of old, the key in the query names.
    func policy(of request: Request, _ context: FlycatcherRequestContext) -> ProjectPolicy? {
        if let text = context.parameters.get("project") {
            return ProjectID(text: text).map { projects.policy(of: $0) }
        }
        // A key that cannot be read belongs to nobody, and the request itself will be told so.
        guard let sender = try? IntakeKeys.sender(of: request),
            let entry = projects.knownEntry(forPublicKey: sender.key)
        else { return nil }
        return projects.policy(of: entry.project.id)
    }
}
