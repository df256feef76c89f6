internal import Events
internal import Tables

/// What the columns of a table answer to the tests of a program.
///
/// A column has the text of a value where there is one that is not empty, and nothing (code 0) for much that differs in
/// the event itself: null, no path, an empty text, the word `null`, an array. Only the former decides.
struct ColumnAnswers {
    private let program: Program
    private let columns: [StringColumn]
    /// What was found out, for each test that was asked for each code.
    private var known: [UInt8] = []
    /// By test: where its answers begin in ``known``; -1 until the first question.
    private var starts: [Int]
    /// By test: the place of its column; -1 for none.
    private let places: [Int]
    /// By test whether answers are worth keeping: texts come up again and again.
    private let keeps: [Bool]
    /// The codes of some rows, one column after another.
    private var codes: [UInt32] = []
    private var rows = 0..<0
    private var scratch: [UInt8] = []

    private static let unasked: UInt8 = 0xFF

    init(_ program: Program, _ events: EventTable) {
        self.program = program
        let columns = program.fields.map(events.column)
        self.columns = columns
        starts = program.tests.map { _ in -1 }
        places = program.columns
        keeps = program.columns.map { $0 >= 0 && columns[$0].dictionary.count <= events.count / 4 + 1024 }
    }

    /// Makes ready for questions about these rows.
    mutating func begin(_ rows: Range<Int>) {
        self.rows = rows
        codes.removeAll(keepingCapacity: true)
        for column in columns { codes += column.codes[rows] }
    }

    /// The code of a column, by its place, for a row.
    @inline(__always)
    func code(_ column: Int, row: Int) -> UInt32 { codes[column * rows.count + row - rows.lowerBound] }

    /// How many codes a column has.
    func count(_ column: Int) -> Int { columns[column].dictionary.count }

    /// What the column of a test answers for a row.
    @inline(__always)
    mutating func answer(_ test: Int, row: Int) -> Truth {
        let column = places[test]
        guard column >= 0 else { return .unknown }
        let code = codes[column * rows.count + row - rows.lowerBound]
        if code == 0 { return .unknown }
        if starts[test] >= 0, let answer = Truth(rawValue: known[starts[test] + Int(code)]) { return answer }
        return answer(test, code: code)
    }

    /// What the column of a test answers for a text of the column.
    mutating func answer(_ test: Int, code: UInt32) -> Truth {
        guard code != 0, case .field(let condition, _, _) = program.tests[test] else { return .unknown }
        let dictionary = columns[program.columns[test]].dictionary, answer: Truth
        switch condition {
        case .text(let tests):
            var text = dictionary[Int(code)]
            answer = Truth(text.withUTF8 { tests.matches(UnsafeRawBufferPointer($0), &scratch) })
        case .isNull: answer = .no
        case .exists, .isPresent: answer = .yes
        case .reference: return .unknown
        }
        guard keeps[test] else { return answer }
        if starts[test] < 0 {
            starts[test] = known.count
            known.append(contentsOf: repeatElement(Self.unasked, count: dictionary.count))
        }
        known[starts[test] + Int(code)] = answer.rawValue
        return answer
    }
}
