// The tests of what the SDK opens to other libraries, and of the recorder; `make check` runs them with all traits.

import Testing

extension SDKTests {
    @Suite enum Doors {}
}
