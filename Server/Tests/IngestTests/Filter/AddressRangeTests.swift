// Tests addresses and ranges of them.

import Testing

@testable import Ingest

@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("192.0.2.0/24", "192.0.2.255"), ("0.0.0.0/0", "8.8.8.8"),
        ("10.0.0.0/8", "10.1.2.3"),
        ("2001:db8::/32", "2001:db8:1:2:3:4:5:6"), ("::1", "0:0:0:0:0:0:0:1"), ("::/0", "1.2.3.4"),
        ("192.0.2.0/24", "::ffff:192.0.2.9"), ("fe80::1", "fe80::1%eth0"), ("2001:DB8::A", "2001:db8::a"),
    ])
    func `the range holds the address`(range: String, address: String) throws {
        let range = try #require(AddressRange(range))
        let number = try #require(AddressRange.number(address))

        #expect(range.contains(number))
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.8"), ("192.0.2.0/25", "192.0.2.128"), ("2001:db8::/32", "2001:db9::"),
        ("0.0.0.0/0", "2001:db8::1"), ("192.0.2.0/32", "192.0.2.1"),
    ])
    func `the range does not hold the address`(range: String, address: String) throws {
        let range = try #require(AddressRange(range))
        let number = try #require(AddressRange.number(address))

        #expect(!range.contains(number))
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::/129", "1:2:3",
        "1::2::3",
        "12345::", "g::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9", "a.b.c.d", "+1.2.3.4", "::1.2.3",
    ])
    func `what is no address is none`(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
