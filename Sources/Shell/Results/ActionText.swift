import Connectors
import Diagnostics
import Investigation

/// What an action on a host gave, for people.
struct ActionText {
    let record: ActionRecord
    let screen: Screen

    var lines: [String] {
        let target = (record.machine?.target ?? record.request.host).visible(limit: 255)
        let scope = record.request.action.scope.map { " (\($0.lowercased()))" } ?? ""
        let head = "\(record.request.action.command) \(target)\(scope): \(Self.words(record.status))"
        let style: Style = record.isDone ? .good : .warning
        return wrap(head, width: screen.width, indent: 2).map { screen.paint($0, style) }
            + details.flatMap { wrap($0, width: screen.width, indent: 4) }
    }

    private var details: [String] {
        guard let action = record.action else { return ["reason: \(record.reason)"] }
        let who = action.requestor.map { ", asked for by \($0)" } ?? ""
        let what = record.wasRunning ? "\(action.type) ran already\(who)" : "reason: \(record.reason)"
        return ["action \(action.id)", what, "kept in actions.jsonl as \(record.id.prefix(8))"]
    }

    /// A status in words.
    static func words(_ status: ActionRecord.Status) -> String {
        switch status {
        case .notConfirmed: "not confirmed, nothing was sent"
        case .failed: "failed"
        case .sending: "being sent"
        case .alreadyRunning: "another action runs on the machine, and nothing new was started"
        case .taken(let status): words(status)
        }
    }

    private static func words(_ status: DefenderMachineAction.Status) -> String {
        switch status {
        case .pending: "pending"
        case .inProgress: "in progress"
        case .succeeded: "done"
        case .failed: "failed in Defender"
        case .timedOut: "timed out: the machine did not answer Defender in time"
        case .cancelled: "cancelled in Defender"
        case .other(let name): name.visible(limit: 40)
        }
    }

    /// The line that is shown while an action is watched.
    static func progress(_ action: DefenderMachineAction) -> String {
        "  \(action.type.visible(limit: 40)): \(words(action.status))  (Ctrl-C stops watching; the action goes on)"
    }
}
