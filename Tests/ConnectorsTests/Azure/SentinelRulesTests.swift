import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Rules of Microsoft Sentinel", .timeLimit(.minutes(5)))
struct SentinelRulesTests {
    private static let id = "73e01a99-5cd7-4139-a149-9f2736ff2ab5"
    private static let settings = [
        "SUBSCRIPTION_ID": "d0cfe6b2-9ac0-4464-9919-dccaee2e48c0", "RESOURCE_GROUP_NAME": "my(Rg)",
        "SENTINEL_WORKSPACE_NAME": "myWorkspace",
    ]
    private static let target =
        "/subscriptions/d0cfe6b2-9ac0-4464-9919-dccaee2e48c0/resourceGroups/my%28Rg%29/providers/"
        + "Microsoft.OperationalInsights/workspaces/myWorkspace/providers/Microsoft.SecurityInsights/alertRules/"
        + "\(id)?api-version=2025-09-01"
    private static let storedBody = #"""
        {"id":"/subscriptions/x","name":"73e01a99-5cd7-4139-a149-9f2736ff2ab5",
         "type":"Microsoft.SecurityInsights/alertRules","kind":"Scheduled","etag":"\"0300bf09\"",
         "properties":{"displayName":"Old name","lastModifiedUtc":"2021-03-01T13:15:30Z"}}
        """#
    private static let none = OktaServer.Reply.azure(404, "NotFound", "Alert rule was not found")

    private static func rules(_ bench: AzureBench) throws -> SentinelRules {
        SentinelRules(workspace: try SentinelWorkspace { settings[$0] }, service: bench.service)
    }

    /// GET and PUT answered apart.
    private static func bench(get: OktaServer.Reply, put: OktaServer.Reply) throws -> AzureBench {
        try AzureBench { request, _ in request.method == "GET" ? get : put }
    }

    private static func failure(_ bench: AzureBench, replacing stored: StoredRule? = nil) async -> Diagnostic? {
        do {
            _ = try await rules(bench).deploy(soundRule(), id: id, replacing: stored)
            return nil
        } catch { return error as? Diagnostic }
    }

    private static func stored() throws -> StoredRule {
        try #require(StoredRule(JSONValue(parsing: storedBody)))
    }

    @Test("A new rule is looked up, and then stored")
    func created() async throws {
        let bench = try Self.bench(get: Self.none, put: .json(Self.storedBody, status: 201))
        let deployment = try await Self.rules(bench).deploy(soundRule(), id: Self.id)
        #expect(deployment == .created(try Self.stored()))
        #expect(bench.server.lines == ["GET \(Self.target)", "PUT \(Self.target)"])
        let request = bench.server.requests[1]
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["authorization"] == "Bearer token-1")
        #expect(request.body == soundRule().body().text)
        #expect(bench.login.requests.map { $0.form["scope"] } == ["https://management.azure.com/.default"])
    }

    @Test("A stored rule is replaced by its etag")
    func updated() async throws {
        let bench = try Self.bench(get: .json(Self.storedBody), put: .json(Self.storedBody))
        let rules = try Self.rules(bench)
        let stored = try #require(try await rules.stored(Self.id))
        #expect(stored.displayName == "Old name")
        #expect(stored.lastModified == "2021-03-01T13:15:30Z")
        #expect(try await rules.deploy(soundRule(), id: Self.id, replacing: stored) == .updated(stored))
        #expect(bench.server.requests.map(\.method) == ["GET", "PUT"])
        #expect(try JSONValue(parsing: bench.server.requests[1].body)["etag"] == #""0300bf09""#)
    }

    @Test("A rule that breaks the service's limits is not sent, nor is a token asked for")
    func refused() async throws {
        let bench = try Self.bench(get: Self.none, put: .json(Self.storedBody, status: 201))
        var rule = soundRule()
        (rule.techniques, rule.queryPeriod) = (["T1621.001"], "PT1M")
        let deployment = try await Self.rules(bench).deploy(rule, id: Self.id)
        #expect(deployment == .refused(rule.violations))
        #expect(rule.violations.count == 3)
        #expect(bench.server.requests.isEmpty && bench.login.requests.isEmpty)
    }

    @Test("A rule is not replaced unawares")
    func occupied() async throws {
        let bench = try Self.bench(get: .json(Self.storedBody), put: .json(Self.storedBody))
        let deployment = try await Self.rules(bench).deploy(soundRule(), id: Self.id)
        #expect(
            deployment
                == .refused([
                    Diagnostic(
                        "there is a rule \(Self.id) already: `Old name`",
                        remedy: "Replace it knowingly, or deploy under another id", kind: .usage)
                ]))
        #expect(bench.server.requests.map(\.method) == ["GET"])
    }

    @Test(
        "A rule of another kind or id is not replaced",
        arguments: [
            (#""Scheduled""#, #""Fusion""#, "the rule ID is of the kind Fusion, not Scheduled"),
            (#""name":"7"#, #""name":"8"#, "the stored rule has the id `83e01a99-5cd7-4139-a149-9f2736ff2ab5`, not ID"),
        ])
    func misfits(text: String, other: String, problem: String) async throws {
        let bench = try Self.bench(get: Self.none, put: .json(Self.storedBody))
        let stored = try #require(StoredRule(JSONValue(parsing: Self.storedBody.replacing(text, with: other))))
        let deployment = try await Self.rules(bench).deploy(soundRule(), id: Self.id, replacing: stored)
        guard case .refused(let reasons) = deployment else { return #expect(Bool(false), "\(deployment)") }
        #expect(reasons.map(\.problem) == [problem.replacing("ID", with: Self.id)])
        #expect(bench.server.requests.isEmpty)
    }

    @Test("The preview is the request that is sent")
    func preview() async throws {
        let bench = try Self.bench(get: Self.none, put: .json(Self.storedBody))
        let rules = try Self.rules(bench), stored = try Self.stored()
        let preview = try rules.preview(soundRule(), id: Self.id, replacing: stored)
        _ = try await rules.deploy(soundRule(), id: Self.id, replacing: stored)
        let request = bench.server.requests[0]
        let parts = preview.split(separator: "\n", maxSplits: 1).map(String.init)
        #expect(parts[0] == "PUT \(bench.server.url)\(request.target)")
        #expect(try JSONValue(parsing: parts[1]) == JSONValue(parsing: request.body))
    }

    @Test(
        "What the service refuses says what to change",
        arguments: [
            (
                400, "BadRequest", "Invalid data model. [: The technique is invalid.]",
                "Microsoft Sentinel rejected the rule (status 400): Invalid data model. [: The technique is invalid.]",
                "Change what it names, and deploy again", 1
            ),
            (
                401, "InvalidAuthenticationToken", "The access token is invalid.",
                "SERVER refused the token of the app app-1 in contoso.example with a secret (status 401): "
                    + "The access token is invalid.",
                "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and this computer's clock", 2
            ),
            (
                403, "AuthorizationFailed", "The client does not have authorization",
                "SERVER does not let the app app-1 in contoso.example with a secret do this (status 403): "
                    + "The client does not have authorization",
                "Grant Microsoft Sentinel Contributor on the workspace's resource group", 1
            ),
            (
                404, "ResourceGroupNotFound", "Resource group 'my(Rg)' could not be found.",
                "there is no such Microsoft Sentinel workspace (status 404): "
                    + "Resource group 'my(Rg)' could not be found.",
                "Check SUBSCRIPTION_ID, RESOURCE_GROUP_NAME and SENTINEL_WORKSPACE_NAME", 1
            ),
            (
                409, "Conflict", "Newer instance of rule exists",
                "the rule was changed by someone else meanwhile (status 409): Newer instance of rule exists",
                "Look at the rule as it is now, then deploy again", 1
            ),
            (
                429, "TooManyRequests", "slow down",
                "Azure Resource Manager keeps refusing further requests (status 429): slow down",
                "Try again in a few minutes", 4
            ),
            (
                500, "InternalServerError", "oops", "Azure Resource Manager failed (status 500): oops",
                "See status.azure.com, then try again", 1
            ),
            (503, "ServerBusy", "busy", "Azure Resource Manager failed (status 503): busy",
                "See status.azure.com, then try again", 1),
        ])
    func statuses(
        status: Int, code: String, message: String, problem: String, remedy: String, requests: Int
    ) async throws {
        let bench = try Self.bench(get: Self.none, put: .azure(status, code, message))
        let failure = await Self.failure(bench, replacing: try Self.stored())
        #expect(failure?.problem == problem.replacing("SERVER", with: bench.server.url))
        #expect(failure?.remedy == remedy)
        #expect(bench.server.lines == Array(repeating: "PUT \(Self.target)", count: requests))
    }

    @Test("A throttled PUT is sent again as it was")
    func throttled() async throws {
        let busy = OktaServer.Reply.azure(429, "TooManyRequests", "x", headers: [("Retry-After", "3")])
        let stored = Self.storedBody
        let bench = try AzureBench { _, index in index == 0 ? busy : .json(stored) }
        let deployment = try await Self.rules(bench).deploy(soundRule(), id: Self.id, replacing: try Self.stored())
        #expect(deployment == .updated(try Self.stored()))
        #expect(bench.clock.waits == [3])
        #expect(Set(bench.server.requests.map(\.body)).count == 1 && bench.server.requests.count == 2)
    }

    @Test("A PUT whose answer is lost is not sent again", arguments: [OktaServer.Reply.Ending.silent, .cut])
    func lost(ending: OktaServer.Reply.Ending) async throws {
        let bench = try Self.bench(get: Self.none, put: OktaServer.Reply(status: 201, body: "{", ending: ending))
        let failure = await Self.failure(bench, replacing: try Self.stored())
        #expect(failure?.kind == .unavailable)
        #expect(failure?.remedy == "It may have been stored all the same: look it up before you deploy again")
        #expect(bench.server.requests.count == 1)
    }

    @Test(
        "Which 404 means that there is no such rule",
        arguments: [
            ("NotFound", "Alert rule was not found", true),
            ("ResourceNotFound", "The Resource '…/workspaces/w/providers/…/alertRules/a' was not found.", true),
            (
                "ResourceNotFound", "The Resource 'Microsoft.OperationalInsights/workspaces/w' was not found.", false
            ),
            ("ResourceGroupNotFound", "x", false), ("SubscriptionNotFound", "x", false),
            ("ParentResourceNotFound", "x", false),
        ])
    func absence(code: String, message: String, isOfRule: Bool) async throws {
        let bench = try AzureBench([.azure(404, code, message)])
        if isOfRule {
            #expect(try await Self.rules(bench).stored(Self.id) == nil)
        } else {
            await #expect(throws: Diagnostic.self) { try await Self.rules(bench).stored(Self.id) }
        }
    }

    @Test("A success that is no rule is told", arguments: ["", "{", "{}", #"{"name":"a","kind":"Scheduled"}"#])
    func unreadable(body: String) async throws {
        let bench = try AzureBench([.json(body)])
        let error = await #expect(throws: Diagnostic.self) { try await Self.rules(bench).stored(Self.id) }
        #expect(
            error?.problem.hasPrefix(
                "\(bench.server.url) sent something that is not an analytics rule (status 200)") == true)
    }

    @Test("An id that would be another path is not sent", arguments: ["", "..", "a/b", "a?b", "a b", "%2e"])
    func ids(id: String) async throws {
        let bench = try AzureBench([.json(Self.storedBody)])
        await #expect(throws: Diagnostic.self) { try await Self.rules(bench).deploy(soundRule(), id: id) }
        await #expect(throws: Diagnostic.self) { try await Self.rules(bench).stored(id) }
        #expect(bench.server.requests.isEmpty)
    }

    @Test(
        "A workspace is named in full",
        arguments: [
            ("SUBSCRIPTION_ID", nil, "SUBSCRIPTION_ID is not set"),
            ("SUBSCRIPTION_ID", "prod", "SUBSCRIPTION_ID is not the subscription's id"),
            ("RESOURCE_GROUP_NAME", "a/b", "RESOURCE_GROUP_NAME is not the resource group's name"),
            ("RESOURCE_GROUP_NAME", "a.", "RESOURCE_GROUP_NAME is not the resource group's name"),
            (
                "RESOURCE_GROUP_NAME", String(repeating: "a", count: 91),
                "RESOURCE_GROUP_NAME is not the resource group's name"
            ),
            ("SENTINEL_WORKSPACE_NAME", "..", "SENTINEL_WORKSPACE_NAME is not the workspace's name"),
        ] as [(String, String?, String)])
    func workspaces(name: String, value: String?, problem: String) {
        let error = #expect(throws: Diagnostic.self) {
            try SentinelWorkspace { $0 == name ? value : Self.settings[$0] }
        }
        #expect(error?.problem == problem)
    }
}
