import Testing

@testable import Connectors

@Suite("Recently seen values")
struct RecentSetTests {
    @Test("What was not seen for longest is forgotten first; seeing it again keeps it")
    func order() {
        var recent = RecentSet(limit: 2)
        let areNew = ["a", "b", "a", "b"].map { recent.insert($0) }
        #expect(areNew == [true, true, false, false])
        for value in ["a", "c", "a", "c"] { _ = recent.insert(value) }
        #expect(!recent.contains("b"))
        #expect(recent.contains("a") && recent.contains("c"))
    }

    @Test("As many as are allowed are known, and never more than twice as many", arguments: [1, 2, 10, 100])
    func limit(limit: Int) {
        var recent = RecentSet(limit: limit)
        for number in 0..<(10 * limit) {
            let isNew = recent.insert("\(number)")
            #expect(isNew)
            for known in max(0, number - limit + 1)...number { #expect(recent.contains("\(known)")) }
            #expect(number < 2 * limit || !recent.contains("\(number - 2 * limit)"))
        }
    }

    @Test("Values are told apart by bytes")
    func bytes() {
        var recent = RecentSet(limit: 10)
        let areNew = ["\u{E9}", "e\u{301}"].map { recent.insert($0) }
        #expect(areNew == [true, true])
    }
}
