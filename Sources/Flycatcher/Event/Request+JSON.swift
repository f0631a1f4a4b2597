// The wire form of a request.

import TapeJSON

extension Flycatcher.Request: JSONRepresentable {
    func node(in json: inout JSONDocument) -> JSONNode? {
        let object = json.makeObject()
        json.put("method", method, in: object)
        json.put("url", url, in: object)
        json.put("query_string", queryString, in: object)
        json.put("fragment", fragment, in: object)
        json.put("headers", headers, in: object)
        json.put("cookies", cookies, in: object)
        json.put("data", data, in: object)
        json.put("body_size", bodySize, in: object)
        json.put("env", env, in: object)
        json.put("api_target", apiTarget, in: object)
        return object
    }
}
