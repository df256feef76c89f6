internal import Synchronization

/// The columns of a table that are each made when they are first asked for, and then kept.
struct LateColumns: TableSource {
    let count: Int
    private let columns: [LateColumn]
    private let rowsInWindow: (@Sendable (ClosedRange<Int64>) -> [Int32])?

    /// - Parameter rowsInWindow: What ``TableSource/rows(in:)`` answers.
    init(
        count: Int, _ columns: [LateColumn], rowsInWindow: (@Sendable (ClosedRange<Int64>) -> [Int32])? = nil
    ) {
        self.count = count
        self.columns = columns
        self.rowsInWindow = rowsInWindow
    }

    func column(_ index: Int) throws(KQLFault) -> Column { try columns[index].column() }

    func late(_ index: Int) -> Column? { columns[index].late }

    func rows(in window: ClosedRange<Int64>) -> [Int32]? { rowsInWindow.map { $0(window) } }
}

/// A column that is made when it is first asked for. What it is made of is given back then.
final class LateColumn: Sendable {
    typealias Make = @Sendable () throws(KQLFault) -> Column

    private enum State {
        case unmade(Make)
        case made(Column)
    }

    private let state: Mutex<State>
    /// The column as one that can be worked out for some rows alone; `nil` where that is not possible.
    private let some: (@Sendable (LateColumn) -> Column)?

    /// - Parameter some: The column as one that can be worked out for some rows alone.
    init(some: (@Sendable (LateColumn) -> Column)? = nil, _ make: @escaping Make) {
        state = Mutex(.unmade(make))
        self.some = some
    }

    /// The column, made now unless it was before. Others who ask wait meanwhile.
    func column() throws(KQLFault) -> Column {
        try state.withLock { state throws(KQLFault) in
            switch state {
            case .made(let column): return column
            case .unmade(let make):
                let column = try make()
                state = .made(column)
                return column
            }
        }
    }

    /// The column if it is there, or else as one that can be worked out for some rows alone.
    var late: Column? {
        if case .made(let column) = state.withLock({ $0 }) { return column }
        return some?(self)
    }
}
