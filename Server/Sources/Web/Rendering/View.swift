// How templates look into models: by name, without reflection.

import Mustache

/// A model that a template can show.
///
/// Each name that stands in a template is answered by ``child(named:)``. What a model lacks it answers with `false`
/// rather than nil, since nil would make the template look for the name in the models around it.
protocol View: MustacheParent, Sendable {}

/// A value for a section that shows it only when there is one.
func optional(_ value: (some Sendable)?) -> Any {
    guard let value else { return false }
    return value
}

/// A text for a section that shows it only when it is not empty.
func optional(_ text: String) -> Any {
    text.isEmpty ? false : text
}
