import Tables
import Testing

@Suite("Columns of text")
struct StringColumnTests {
    private static let composed = "Jos\u{E9}", decomposed = "Jose\u{301}"

    @Test("Each distinct text is stored once; no value is code 0")
    func codes() {
        let column = StringColumn(["b", nil, "a", "b", ""])
        #expect(column.codes == [1, 0, 2, 1, 3])
        #expect(Array(column.dictionary) == ["", "b", "a", ""])
        #expect(column.texts == ["b", nil, "a", "b", ""])
        #expect(column.count == 5)
        #expect(column.code(of: "a") == 2)
        #expect(column.code(of: "c") == nil)
    }

    @Test("Texts that Unicode calls equivalent stay apart")
    func normalization() {
        let column = StringColumn([Self.composed, Self.decomposed, Self.composed])
        #expect(column.codes == [1, 2, 1])
        #expect(column.code(of: Self.decomposed) == 2)
        #expect(ByteText(Self.composed) != ByteText(Self.decomposed))
        #expect(Set([ByteText(Self.composed), ByteText(Self.decomposed), ByteText(Self.composed)]).count == 2)
    }

    @Test("Rows of another column can be added one by one, in any order, more than once", arguments: [
        ([], []), ([0, 1, 2, 3], ["a", nil, "b", "a"]), ([3, 1, 0], ["a", nil, "a"]), ([2, 2], ["b", "b"]), ([1], [nil]),
    ] as [([Int], [String?])])
    func rows(rows: [Int], expected: [String?]) {
        #expect(StringColumn(rows, of: StringColumn(["a", nil, "b", "a"])).texts == expected)
    }

    @Test("Only the texts of rows that are added are taken over")
    func taken() {
        let column = StringColumn([1, 2], of: StringColumn(["a", "b", nil]))
        #expect(column.code(of: "a") == nil)
        #expect(Array(column.dictionary) == ["", "b"])
    }

    @Test("Another column's rows are added under this column's codes, in one go or in several", arguments: [
        [0..<4], [0..<1, 1..<4], [0..<2, 2..<2, 2..<4],
    ])
    func appending(runs: [Range<Int>]) {
        var column = StringColumn(["a", nil, Self.composed])
        let other = StringColumn([Self.decomposed, "a", nil, "c"])
        var translation = StringColumn.Translation(of: other)
        for run in runs { column.append(run, of: other, &translation) }
        let expected = ["a", nil, Self.composed, Self.decomposed, "a", nil, "c"]
        #expect(column.texts.map { $0.map(ByteText.init) } == expected.map { $0.map(ByteText.init) })
        #expect(column.codes == [1, 0, 2, 3, 1, 0, 4])
    }

    @Test("A copy is not changed by what happens to the original")
    func values() {
        var column = StringColumn(["a"])
        let copy = column
        column.append("b")
        #expect(copy.texts == ["a"])
        #expect(copy.code(of: "b") == nil)
    }
}

extension StringColumn {
    fileprivate init(_ texts: [String?]) {
        self.init()
        for text in texts { append(text) }
    }

    /// Some rows of another column.
    fileprivate init(_ rows: [Int], of other: StringColumn) {
        self.init()
        var translation = Translation(of: other)
        for row in rows { append(row, of: other, &translation) }
    }

    fileprivate var texts: [String?] { (0..<count).map { self[$0] } }
}
