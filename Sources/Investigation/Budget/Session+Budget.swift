extension Session {
    /// What the session has spent on models so far, earlier processes included.
    public nonisolated var spending: ModelSpending { ledger.spending }

    /// What the running command, or the last one, has spent on models; `nil` when it asked none.
    public nonisolated var usage: ModelUsage? { budgeted.flatMap { $0.usage.calls > 0 ? $0.usage : nil } }

    /// The model that is asked at present; `nil` means the built-in analyst.
    public nonisolated var modelInUse: ModelInUse? { budgeted?.inUse }
}
