import ArgumentParser
import Diagnostics
import Events

/// Which stretch of time to read.
struct WindowOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Leave out events before this time.", valueName: "t"))
    var since: String?

    @Option(help: ArgumentHelp("Leave out events after this time.", valueName: "t"))
    var until: String?

    @Option(help: ArgumentHelp("Only the last hours, counted back from the session's clock.", valueName: "n"))
    var hours: Double?

    func validate() throws {
        try checked { () throws(Diagnostic) in _ = try TimeWindowRequest(since: since, until: until, hours: hours) }
    }

    var isEmpty: Bool { since == nil && until == nil && hours == nil }
}

/// How many model calls scoring may cost.
struct ScoringOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Beyond this many model calls the built-in analyst scores.", valueName: "n"))
    var maxModelCalls = 50

    func validate() throws {
        if maxModelCalls < 0 { throw ValidationError("--max-model-calls needs a number of 0 or more.") }
    }
}
