/// The places of equal codes: those of each code in a certain order, eight bytes a place in all.
public struct CodeGroups: Sendable {
    private let places: [UInt32]
    /// Where the places of each code begin, and after the last one the number of places.
    private let starts: [UInt32]

    /// Linear in the codes.
    ///
    /// - Parameters:
    ///   - codes: The code at each place, of which there are fewer than 2³².
    ///   - count: More than the greatest code.
    ///   - order: Every place once, in the order that each group shall have; `nil` for that of the places.
    public init(_ codes: [UInt32], count: Int, order: [UInt32]? = nil) {
        var starts = [UInt32](repeating: 0, count: count + 1)
        for code in codes { starts[Int(code) + 1] += 1 }
        for code in 0..<count { starts[code + 1] += starts[code] }
        var next = starts, places = [UInt32](repeating: 0, count: codes.count)
        for index in codes.indices {
            let place = order?[index] ?? UInt32(index), code = Int(codes[Int(place)])
            places[Int(next[code])] = place
            next[code] += 1
        }
        self.places = places
        self.starts = starts
    }

    /// How many codes there are, those without places included.
    public var count: Int { starts.count - 1 }

    /// How many places a code has.
    public func size(of code: Int) -> Int { Int(starts[code + 1] - starts[code]) }

    /// One of the places of a code.
    public func place(_ index: Int, of code: Int) -> Int { Int(places[Int(starts[code]) + index]) }

    /// The places of a code.
    public subscript(code: Int) -> [Int] { slice(code).map { Int($0) } }

    /// The places of a code, not copied.
    public func slice(_ code: Int) -> ArraySlice<UInt32> { places[Int(starts[code])..<Int(starts[code + 1])] }
}
