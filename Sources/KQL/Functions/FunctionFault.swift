/// Why a call of a function was refused, before or while it ran. Who knows the query adds the place.
struct FunctionFault: Error, Hashable, Sendable {
    /// `SEM…` the call means nothing or needs a service's environment; `RUN…` it failed while running; `UNS…` it is
    /// not implemented. The numbers are Kusto's where it has one for the case.
    let code: String
    /// One sentence without a final full stop; texts of the query stand in it as they are.
    let message: String
    /// What to write instead, as a whole sentence, where something is near.
    let suggestion: String?

    init(_ code: String, _ message: String, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.suggestion = suggestion
    }
}
