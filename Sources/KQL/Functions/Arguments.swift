/// Reading arguments of a call as what a function needs.
extension [Scalar] {
    func text(_ index: Int) -> String { index < count ? self[index].text : "" }
    func long(_ index: Int) -> Int64? { index < count ? self[index].long : nil }
    func real(_ index: Int) -> Double? { index < count ? self[index].double : nil }
    func truth(_ index: Int) -> Bool? { index < count ? self[index].truth : nil }
    func packed(_ index: Int) -> Dynamic { index < count ? self[index].packed : .null }
    /// The elements of an array; `nil` for anything else.
    func elements(_ index: Int) -> [Dynamic]? { packed(index).elements }
    func bag(_ index: Int) -> Dynamic.Bag? { packed(index).bag }
    func datetime(_ index: Int) -> Int64? { index < count ? self[index].datetimeTicks : nil }
    func timespan(_ index: Int) -> Int64? { index < count ? self[index].timespanTicks : nil }
}

extension Scalar {
    static func array(_ elements: [Dynamic]) -> Scalar { .dynamic(.array(elements)) }

    static func array(_ texts: [String]) -> Scalar { .dynamic(.array(texts.map { .string($0) })) }

    static func bag(_ members: [(String, Dynamic)]) -> Scalar {
        .dynamic(.bag(Dynamic.Bag(members.map { Dynamic.Bag.Member($0.0, $0.1) })))
    }

    static func bag(texts: [(String, String)]) -> Scalar { bag(texts.map { ($0.0, .string($0.1)) }) }
}
