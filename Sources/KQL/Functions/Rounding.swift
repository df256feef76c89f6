#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Rounding reals to decimal digits.
enum Rounding {
    /// Half away from zero, at a number of digits behind the point; before it where the number is negative.
    static func round(_ number: Double, digits: Int) -> Double {
        guard number.isFinite, (-308...308).contains(digits) else { return number }
        let scale = pow(10.0, Double(digits.magnitude))
        let scaled = digits < 0 ? number / scale : number * scale
        guard scaled.isFinite, scaled.magnitude < 9_007_199_254_740_992 else { return number }
        let whole = scaled.rounded(.toNearestOrAwayFromZero)
        return digits < 0 ? whole * scale : whole / scale
    }

    /// The rounded number without a point where none is needed: `19`, `10.1`.
    static func shortest(_ number: Double, digits: Int) -> String {
        let rounded = round(number, digits: digits)
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? String(Int64(rounded)) : rounded.description
    }
}
