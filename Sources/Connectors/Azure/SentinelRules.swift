public import Diagnostics
internal import HTTP
internal import JSON

/// The analytics rules of a Microsoft Sentinel (Azure Resource Manager, SecurityInsights 2025-09-01).
///
/// ```swift
/// let rules = SentinelRules(workspace: workspace, service: service)
/// switch try await rules.deploy(rule, id: id, replacing: try await rules.stored(id)) {
/// case .refused(let reasons): for reason in reasons { print(reason.rendered) }
/// case .created(let stored), .updated(let stored): print(stored.etag ?? "")
/// }
/// ```
public struct SentinelRules: Sendable {
    /// Where the rules are.
    public let workspace: SentinelWorkspace
    private let service: AzureService

    /// Nothing is sent before the first request.
    public init(workspace: SentinelWorkspace, service: AzureService) {
        self.workspace = workspace
        self.service = service
    }

    /// What became of a rule that was to be stored.
    public enum Deployment: Hashable, Sendable {
        /// It breaks the service's limits, or is not what is stored under its id; no PUT was sent.
        case refused([Diagnostic])
        /// There was none with its id.
        case created(StoredRule)
        /// It took the place of the one with its id.
        case updated(StoredRule)
    }

    private var refusals: AzureRefusals { service.refusals(.management) }

    /// The rule with an id, or `nil` when there is none.
    ///
    /// - Throws: A `Diagnostic`, also when there is no such workspace.
    public func stored(_ id: String) async throws -> StoredRule? {
        try Self.check(id)
        let answer = try await service.open(AzureRequest(path: workspace.path(ofRule: id)), of: .management)
        switch answer.status {
        case 200: return try await rule(answer)
        case 404:
            let fault = try await service.fault(answer)
            if Self.namesParent(fault) { throw refusal(404, fault) }
            return nil
        default: throw refusal(answer.status, try await service.fault(answer))
        }
    }

    /// The request that ``deploy(_:id:replacing:)`` sends, for the user to read: method and URL in the first line, the
    /// body below; without the token. Not safe to show before it has been made ``Swift/String/visibleLines``.
    ///
    /// - Throws: A `Diagnostic` when the id cannot be one.
    public func preview(_ rule: ScheduledRule, id: String, replacing stored: StoredRule? = nil) throws -> String {
        try Self.check(id)
        let url = service.addresses.origin(of: .management) + workspace.path(ofRule: id)
        return "PUT \(url)\n\(rule.body(etag: stored?.etag).prettyText)"
    }

    /// Stores a rule.
    ///
    /// The rule is checked first, and nothing is sent when it breaks the service's limits. Then it is looked up, so
    /// that none is replaced unawares. A PUT whose answer is lost is not repeated, since it may have been acted on.
    ///
    /// - Parameter stored: The rule that it replaces, as ``stored(_:)`` returned it: a change made meanwhile is not
    ///   overwritten. `nil` for a new one: then there must be none with its id.
    /// - Throws: A `Diagnostic`.
    public func deploy(
        _ rule: ScheduledRule, id: String, replacing stored: StoredRule? = nil
    ) async throws -> Deployment {
        try Self.check(id)
        let violations = rule.violations + Self.misfits(stored, id)
        guard violations.isEmpty else { return .refused(violations) }
        if stored == nil, let present = try await self.stored(id) { return .refused([Self.occupied(id, present)]) }
        let answer = try await service.open(request(rule, id, stored), of: .management)
        switch answer.status {
        case 200: return .updated(try await self.rule(answer))
        case 201: return .created(try await self.rule(answer))
        default: throw refusal(answer.status, try await service.fault(answer))
        }
    }

    private func request(_ rule: ScheduledRule, _ id: String, _ stored: StoredRule?) -> AzureRequest {
        AzureRequest(
            method: "PUT", path: workspace.path(ofRule: id), headers: [("Content-Type", "application/json")],
            body: Array(rule.body(etag: stored?.etag).text.utf8), isRepeatable: false,
            remedy: "It may have been stored all the same: look it up before you deploy again")
    }

    private static func occupied(_ id: String, _ present: StoredRule) -> Diagnostic {
        let name = present.displayName.map { ": `\($0.visible(limit: 80))`" } ?? ""
        return Diagnostic(
            "there is a rule \(id) already\(name)", remedy: "Replace it knowingly, or deploy under another id",
            kind: .usage)
    }

    private static func check(_ id: String) throws {
        guard PathName.isPlain(id, limit: 100) else {
            throw Diagnostic(
                "`\(id.visible(limit: 60))` cannot be a rule's id", remedy: "Use a GUID, or letters, digits and `-`",
                kind: .usage)
        }
    }

    /// Why a rule may not take the place of a stored one.
    private static func misfits(_ stored: StoredRule?, _ id: String) -> [Diagnostic] {
        guard let stored else { return [] }
        var found = RuleViolations()
        if stored.id.lowercased() != id.lowercased() {
            found.add("the stored rule has the id `\(stored.id.visible(limit: 60))`, not \(id)", "Read the right one")
        }
        if stored.kind != "Scheduled" {
            found.add(
                "the rule \(id) is of the kind \(stored.kind.visible(limit: 40)), not Scheduled",
                "Deploy under another id")
        }
        return found.all
    }

    // MARK: Answers

    private static let largestRule = 4 << 20

    private func rule(_ answer: AzureAnswer) async throws -> StoredRule {
        let body = try await BoundedBody(answer.stream, limit: Self.largestRule)
        guard let json = try? JSONValue(parsing: body.bytes), let rule = StoredRule(json) else {
            let reason = AzureFault(body.bytes, secrets: answer.secrets).words
            throw refusals.unreadable("an analytics rule (status \(answer.status))", reason)
        }
        return rule
    }

    /// Whether a 404 is about what the rule belongs to (Azure Resource Manager, common errors).
    private static func namesParent(_ fault: AzureFault) -> Bool {
        if fault.has("ResourceNotFound") {
            return fault.words.contains("workspaces") && !fault.words.contains("alertRules")
        }
        return fault.has(
            "ResourceGroupNotFound", "ParentResourceNotFound", "SubscriptionNotFound", "InvalidSubscriptionId",
            "WorkspaceNotFound", "InvalidResourceType")
    }

    private func refusal(_ status: Int, _ fault: AzureFault) -> Diagnostic {
        let (problem, remedy): (String, String)
        switch status {
        case 400:
            (problem, remedy) = (
                "Microsoft Sentinel rejected the rule (status 400)", "Change what it names, and deploy again"
            )
        case 404:
            (problem, remedy) = (
                "there is no such Microsoft Sentinel workspace (status 404)",
                "Check SUBSCRIPTION_ID, RESOURCE_GROUP_NAME and SENTINEL_WORKSPACE_NAME"
            )
        case 409, 412:
            (problem, remedy) = (
                "the rule was changed by someone else meanwhile (status \(status))",
                "Look at the rule as it is now, then deploy again"
            )
        default: return refusals.status(status, fault)
        }
        return refusals.make(problem, remedy, quoting: fault.words)
    }
}
