extension Operators {
    /// `scan` reads its rows one by one, so they are written out first.
    static func scanned(
        _ input: BoundTable, _ scan: BoundScan, _ table: BoundTable, _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        let rows = try execution.run(input, enclosing).rows()
        let evaluator = RowEvaluator(execution)
        return Frame(try ScanMachine.rows(scan, over: rows, evaluator), table.columns)
    }
}
