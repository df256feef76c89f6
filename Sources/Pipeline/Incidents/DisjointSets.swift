/// A division of the numbers below a count into sets that can be joined.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    private mutating func root(_ element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    /// Joins two sets; the smaller root stays, so that a set is named by its smallest element.
    mutating func join(_ left: Int, _ right: Int) {
        let (left, right) = (root(left), root(right))
        parents[max(left, right)] = min(left, right)
    }

    /// The sets by their smallest element, each in rising order.
    var groups: [[Int]] {
        var copy = self, groups: [Int: [Int]] = [:]
        for element in parents.indices { groups[copy.root(element), default: []].append(element) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
