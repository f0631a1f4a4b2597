// The tests of what the SDK opens to other libraries, beside the server's because these libraries are built here anyway.

import Testing

extension SDKTests {
    @Suite enum Doors {}
}
