extension Operators {
    static func nested(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        throw KQLFault("UNS0001", "not there yet", at: SourceSpan(0, 0))
    }
    static func parsed(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        throw KQLFault("UNS0001", "not there yet", at: SourceSpan(0, 0))
    }
    static func aggregated(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        throw KQLFault("UNS0001", "not there yet", at: SourceSpan(0, 0))
    }
    static func plugged(
        _ input: BoundTable, _ plugin: BoundPlugin, _ table: BoundTable, _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        throw KQLFault("UNS0001", "not there yet", at: SourceSpan(0, 0))
    }
}

extension Operators {
    static func columns(of plugin: BoundPlugin, _ execution: Execution) throws(KQLFault) -> [ColumnSchema] {
        throw KQLFault("UNS0001", "not there yet", at: SourceSpan(0, 0))
    }
}
