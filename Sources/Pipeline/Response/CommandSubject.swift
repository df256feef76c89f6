/// What one command is about, with every value checked.
struct CommandSubject {
    /// What people call it; never unchecked text. Empty for the org as a whole.
    let shown: String
    /// Checked values by the placeholder they fill.
    let values: [String: String]
    /// What is done, where the step's own description does not fit.
    let deed: String?
    /// The call, where it is not the step's own.
    let call: StepCall?
    /// The System Log filter for its events, for a step that reads the log.
    let filter: String?
    /// What is missing or left out; empty texts are none.
    let notes: [String]

    init(
        _ shown: String, _ values: [String: String] = [:], deed: String? = nil, call: StepCall? = nil,
        filter: String? = nil, notes: [String] = []
    ) {
        self.shown = shown
        self.values = values
        self.deed = deed
        self.call = call
        self.filter = filter
        self.notes = notes
    }
}
