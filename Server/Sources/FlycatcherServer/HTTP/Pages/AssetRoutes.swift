// Style sheet, script and icon.

import HTTPTypes
import Hummingbird
import Web

extension Composition {
    /// `GET /assets/{name}`; the name holds a fingerprint of the bytes, so browsers may keep them for ever.
    func addAssetRoutes(to router: FlycatcherRouter) {
        router.get("assets/{name}") { request, context in
            guard let asset = WebAssets.asset(named: try context.parameters.require("name")) else {
                return Response(status: .notFound)
            }
            let headers: HTTPFields = [
                .cacheControl: "public, max-age=31536000, immutable", .eTag: asset.etag,
                .xContentTypeOptions: "nosniff",
            ]
            if request.headers[values: .ifNoneMatch].contains(asset.etag) {
                return Response(status: .notModified, headers: headers)
            }
            var response = Response(type: asset.contentType, bytes: asset.bytes)
            response.headers.append(contentsOf: headers)
            return response
        }
    }
}
