// How an issue's events spread over the values of one tag.

import Model

/// One tag in the margin of an issue's page.
struct FacetView {
    static let maximumValues = 6
}
