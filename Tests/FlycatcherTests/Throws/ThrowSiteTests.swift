// Where reports say that errors were thrown, shown by a program that throws in every way there is.

import Testing

@Suite struct ThrowSiteTests {
    @Test(arguments: try ThrowProbe.sites())
    func `a report shows where its error was thrown, whichever way it came`(site: ThrowProbe.Site) {
        #expect(site.functions.last == site.expected.last)
        #expect(site.functions.filter(site.expected.contains) == site.expected)
        #expect(site.isSnapshot == site.expectsSnapshot)
        #expect(site.isApproximate == site.expectsApproximate)
        if let count = site.expectedRethrowCount { #expect(site.rethrowCount == count) }
    }
}
