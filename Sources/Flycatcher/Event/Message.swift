// What happened, in words.

extension Flycatcher {
    /// A text, or a template with its parameters: events with equal templates are one issue.
    public struct Message: Hashable, Sendable, ExpressibleByStringInterpolation {
        /// The text as people read it.
        public var formatted: String
        /// The text before its parameters were filled in, such as `no stock of %s`.
        public var template: String?
        /// What was filled in.
        public var parameters: [String]

        /// Takes a text, and the template that it was made of if there is one.
        public init(_ formatted: String, template: String? = nil, parameters: [String] = []) {
            self.formatted = formatted
            self.template = template
            self.parameters = parameters
        }

        /// Fills a template in.
        ///
        /// - Parameters:
        ///   - template: the text, with `%@`, `%s` or `%d` wherever a parameter belongs and `%%` for a percent sign;
        ///     a place without a parameter stays as it is.
        ///   - parameters: what is filled in, in this order.
        public init(template: String, parameters: [String]) {
            var rest = parameters[...]
            let formatted = template.replacing(/%[@sd%]/) { place in
                place.output == "%%" ? "%" : rest.popFirst() ?? String(place.output)
            }
            self.init(formatted, template: template, parameters: parameters)
        }

        /// Takes a text.
        public init(stringLiteral value: String) {
            self.init(value)
        }
    }
}
