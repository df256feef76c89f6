public import Diagnostics
public import JSON

/// What running a command would change.
public enum Effect: String, CaseIterable, Sendable { case read, reversible, irreversible }

/// A command for a human to read, fill in and run. One line of `commands.jsonl`.
///
/// An incident has at most one for each step and what the step acts on. The program never runs it.
public struct CommandSuggestion: Hashable, Sendable {
    /// The incident it is for.
    public let incidentID: String
    /// The step it carries out.
    public let stepID: String
    /// What it does, and to whom.
    public let description: String
    /// One shell line. Every value in it that came from a log was checked first.
    public let command: String
    /// The service it talks to.
    public let system: String
    /// What to know before running it.
    public let notes: String
    /// What running it would change.
    public let effect: Effect
    /// The OAuth scope it needs.
    public let scope: String
    /// How to take it back: a command line, or words.
    public let undo: String
    /// The command line that shows whether it worked, or words.
    public let verify: String

    /// A suggestion from its parts.
    public init(
        incidentID: String, stepID: String, description: String, command: String, system: String = "okta",
        notes: String, effect: Effect, scope: String, undo: String, verify: String
    ) {
        self.incidentID = incidentID
        self.stepID = stepID
        self.description = description
        self.command = command
        self.system = system
        self.notes = notes
        self.effect = effect
        self.scope = scope
        self.undo = undo
        self.verify = verify
    }

    /// The record as `commands.jsonl` has it. `read_only` says that this program executes nothing.
    public var json: JSONValue {
        [
            "incident_id": .string(incidentID),
            "command": [
                "step_id": .string(stepID), "description": .string(description), "command": .string(command),
                "system": .string(system), "read_only": true, "notes": .string(notes),
                "effect": .string(effect.rawValue), "scope": .string(scope), "undo": .string(undo),
                "verify": .string(verify),
            ],
        ]
    }

    /// Reads a record of `commands.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let record = try RecordFields(json, of: "commands.jsonl")
        let fields = try RecordFields(json["command"] ?? .null, of: "commands.jsonl")
        try self.init(
            incidentID: record.string("incident_id"), stepID: fields.string("step_id"),
            description: fields.string("description"), command: fields.string("command"),
            system: fields.string("system"), notes: fields.string("notes"),
            effect: fields.value("effect", "read, reversible or irreversible") { $0.string.flatMap(Effect.init) },
            scope: fields.string("scope"), undo: fields.string("undo"), verify: fields.string("verify"))
    }
}
