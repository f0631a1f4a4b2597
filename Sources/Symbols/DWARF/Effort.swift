// How much is looked at for one question.

/// What is left of the ranges that a question may look at: many entries may refer to the same long list.
final class Effort {
    private var left = Limits.rangesPerQuestion

    func renew() {
        left = Limits.rangesPerQuestion
    }

    /// Takes one step; false when enough was done.
    func spend() -> Bool {
        left &-= 1
        return left > 0
    }
}
