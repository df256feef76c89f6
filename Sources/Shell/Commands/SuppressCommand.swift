import ArgumentParser
import Detection
import Diagnostics
import Foundation
import Investigation

/// Makes, lists, takes back and tries suppressions.
struct SuppressCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppress", abstract: "Keep harmless findings from becoming incidents, for a reason and until a day.",
        discussion: """
            `suppress add --rule R --ip NETWORK --reason TEXT` makes a suppression; all that is given must fit a \
            finding. \
            `suppress FINDING --reason TEXT` makes one of a finding's rule and actor. `suppress test`, with the same \
            options or an id, shows what one would hide, and writes nothing. `suppress list` and `suppress remove ID` do \
            what they say. \
            A suppressed finding is kept and marked.
            """)
    static let completes = CompletionKind.suppressions

    @Argument(help: ArgumentHelp("What to do, or the finding to suppress.", valueName: "add|list|remove|test|finding"))
    var action: String
    @Argument(help: "The suppression to remove or test.") var id: String?
    @OptionGroup var scope: SuppressionScopeOptions
    @Option(help: ArgumentHelp("Why it is harmless.", valueName: "text")) var reason: String?
    @Option(help: ArgumentHelp("Who answers for it; you, unless somebody is named.", valueName: "name"))
    var owner: String?
    @Option(help: ArgumentHelp("Where it was decided.", valueName: "ticket")) var ticket: String?
    @Option(help: ArgumentHelp("Until when: a time, 30d from now on, or never. Default: 90d.", valueName: "t"))
    var expires: String?
    @OptionGroup var global: GlobalOptions

    private var verb: SuppressRequest.Action? { SuppressRequest.Action(rawValue: action) }

    var references: [String] { verb == nil ? [action] : [] }

    func validate() throws {
        try checked { () throws(Diagnostic) in _ = try scope.scope }
        if let expires { try checked { () throws(Diagnostic) in try SuppressRequest.check(expires: expires) } }
        switch verb {
        case .add, nil: try validateNew()
        case .list, .remove, .test: try validateOld()
        }
    }

    private func validateNew() throws {
        if let id { throw ValidationError("`\(id)` is too much: one suppression is made at a time.") }
        if verb == .add, scope.isEmpty {
            throw ValidationError("Say what to suppress: --rule, --actor, --ip, --asn or --app.")
        }
        if verb == nil, !scope.isEmpty {
            throw ValidationError(
                "`suppress FINDING` takes rule and actor of the finding. To choose yourself: `suppress add`.")
        }
        if reason?.isEmpty ?? true { throw ValidationError("Say why it is harmless: --reason TEXT.") }
        if owner?.isEmpty ?? false { throw ValidationError("--owner needs a name.") }
    }

    private func validateOld() throws {
        if reason != nil || owner != nil || ticket != nil || expires != nil {
            throw ValidationError("--reason, --owner, --ticket and --expires belong to `suppress add`.")
        }
        switch verb {
        case .list where id != nil || !scope.isEmpty:
            throw ValidationError("`suppress list` lists all, and takes nothing else.")
        case .remove where id == nil || !scope.isEmpty:
            throw ValidationError("`suppress remove` takes the id of a suppression.")
        case .test where (id == nil) == scope.isEmpty:
            throw ValidationError("`suppress test` takes an id, or at least one of --rule, --actor, --ip, --asn and --app.")
        default: break
        }
    }

    func run(in console: Console) async throws {
        var request = SuppressRequest(
            verb ?? .add, scope: try scope.scope, reason: reason, ticket: ticket, expires: expires)
        request.id = try await console.resolved([verb == nil ? action : id].compactMap { $0 }).first
        if request.action == .add { request.owner = owner ?? console.userName }
        try await console.perform(.suppress(request), options: global)
    }
}

/// What a suppression covers.
struct SuppressionScopeOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Findings of this detector or rule.", valueName: "id")) var rule: String?
    @Option(help: ArgumentHelp("Findings about this account: id, login or display name.", valueName: "name"))
    var actor: String?
    @Option(help: ArgumentHelp("Findings whose events all came from there.", valueName: "address|network"))
    var ip: String?
    @Option(help: ArgumentHelp("Findings whose events all came from this autonomous system.", valueName: "number"))
    var asn: Int64?
    @Option(help: ArgumentHelp("Findings about no other application.", valueName: "name")) var app: String?

    var isEmpty: Bool { rule == nil && actor == nil && ip == nil && asn == nil && app == nil }

    /// What is given; `nil` where nothing is.
    var scope: SuppressionScope? {
        get throws(Diagnostic) {
            isEmpty ? nil : try SuppressionScope(rule: rule, actor: actor, ip: ip, asn: asn, app: app)
        }
    }
}

extension Console {
    /// Who sits here: `$USER`, else what the system calls the user.
    nonisolated var userName: String {
        launch.environment["USER"].flatMap { $0.isEmpty ? nil : $0 } ?? NSUserName()
    }
}
