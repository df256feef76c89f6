/// Which tests hold for a text, found out once for each distinct text of a column or of a slot.
struct HeldTests {
    private let tests: [Program.Test]
    /// By column, and by slot: the tests that ask for its texts.
    private var ofColumn: [[Int]], ofSlot: [[Int]]
    /// By column and code, and by slot and code: the place in ``lists``; -1 until someone asks.
    private var columnStarts: [Int], slotStarts: [Int]
    private var places: [Int32] = []
    /// Tests that hold together. The first list is empty, as most are; the last place is for what is not kept.
    private(set) var lists: [[Int]] = [[], []]
    private let counts: [Int]

    init(_ program: Program, _ columns: ColumnAnswers) {
        tests = program.tests
        ofColumn = program.fields.map { _ in [] }
        ofSlot = program.tree.paths.map { _ in [] }
        for test in tests.indices {
            guard case .field(.text, let slot, _) = tests[test] else { continue }
            ofSlot[slot].append(test)
            if program.columns[test] >= 0 { ofColumn[program.columns[test]].append(test) }
        }
        columnStarts = ofColumn.map { _ in -1 }
        slotStarts = ofSlot.map { _ in -1 }
        counts = program.fields.indices.map { columns.count($0) }
    }

    /// The place in ``lists`` of the tests that hold for a code of a column.
    @inline(__always)
    mutating func tests(_ column: Int, _ code: UInt32, _ columns: inout ColumnAnswers) -> Int {
        if columnStarts[column] >= 0 {
            let place = places[columnStarts[column] + Int(code)]
            if place >= 0 { return Int(place) }
        }
        return learn(column, code, &columns)
    }

    private mutating func learn(_ column: Int, _ code: UInt32, _ columns: inout ColumnAnswers) -> Int {
        if columnStarts[column] < 0 { columnStarts[column] = begin(counts[column]) }
        let held = list(ofColumn[column].filter { columns.answer($0, code: code) == .yes })
        places[columnStarts[column] + Int(code)] = held
        return Int(held)
    }

    /// The place in ``lists``, until the next question, of the tests that hold for a value of a slot.
    ///
    /// - Parameter place: Where the value was found.
    mutating func tests(_ slot: Int, _ place: Int, _ values: inout EventValues) -> Int {
        let code = values.code(place, slot: slot)
        if code > 0, slotStarts[slot] >= 0 {
            let known = places[slotStarts[slot] + code]
            if known >= 0 { return Int(known) }
        }
        let held = ofSlot[slot].filter { test in
            guard case .field(.text(let tests), _, _) = tests[test] else { return false }
            return values.passes(place, tests)
        }
        guard code > 0 else {
            lists[1] = held
            return held.isEmpty ? 0 : 1
        }
        if slotStarts[slot] < 0 { slotStarts[slot] = begin(KnownTexts.limit + 1) }
        let place = list(held)
        places[slotStarts[slot] + code] = place
        return Int(place)
    }

    private mutating func begin(_ count: Int) -> Int {
        places.append(contentsOf: repeatElement(-1, count: count))
        return places.count - count
    }

    private mutating func list(_ tests: [Int]) -> Int32 {
        guard !tests.isEmpty else { return 0 }
        lists.append(tests)
        return Int32(lists.count - 1)
    }
}
