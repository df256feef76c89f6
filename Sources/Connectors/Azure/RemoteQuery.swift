internal import Diagnostics
internal import HTTP
internal import JSON

/// What both remote engines do alike: check, send, read within limits, and tell what is missing.
struct RemoteQuery: Sendable {
    let resource: AzureResource
    let service: AzureService
    let limits: RemoteLimits
    /// How many brackets are open around a row of the reply.
    let rowDepth: Int
    /// Reads a whole reply; the reason when it is none.
    let table: @Sendable (JSONValue) -> Result<RemoteTable, ReplyFault>

    var refusals: AzureRefusals { service.refusals(resource) }

    /// Queries longer than this are mistakes; Log Analytics names no limit of its own for POST.
    private static let queryLimit = 1 << 20
    /// How much more than the limit may be under way when reading stops, in bytes.
    private static let slack = 1 << 20

    /// - Throws: A `Diagnostic` of kind `.usage`; nothing was sent then.
    func check(_ query: String) throws {
        guard query.utf8.contains(where: { $0 > 0x20 }) else {
            throw Diagnostic(
                "the query is empty", remedy: "Write a query, such as `SigninLogs | take 10`", kind: .usage)
        }
        guard query.utf8.count <= Self.queryLimit else {
            throw Diagnostic(
                "the query has \(query.utf8.count) bytes, more than \(Self.queryLimit)", remedy: "Shorten it",
                kind: .usage)
        }
    }

    /// Sends the query; a status other than 200 and 204 is thrown.
    ///
    /// - Parameter seconds: How long the service may take before its first byte.
    func send(
        _ path: String, _ body: JSONValue, headers: [(name: String, value: String)] = [], within seconds: Int
    ) async throws -> RemoteTable {
        let request = AzureRequest(
            method: "POST", path: path,
            headers: [("Content-Type", "application/json; charset=utf-8")] + headers, body: Array(body.text.utf8),
            limits: HTTPLimits(
                firstByte: .seconds(seconds), idle: .seconds(60), total: .seconds(seconds + 600),
                maxBody: limits.bytes + Self.slack),
            remedy: "Check \(resource.setting) and the network; a query that takes long needs a narrower time span")
        let answer = try await service.open(request, of: resource)
        switch answer.status {
        case 200: return try await read(answer)
        case 204: return nothing
        default: throw queryRefusal(answer.status, try await service.fault(answer))
        }
    }

    /// 204 is what Log Analytics answers for a workspace that holds nothing at all.
    private var nothing: RemoteTable {
        var table = RemoteTable()
        table.notices = [
            Diagnostic(
                "\(resource.name) has no data there (status 204)",
                remedy: "Check that logs arrive in the workspace, and LOG_ANALYTICS_WORKSPACE_ID")
        ]
        return table
    }

    // MARK: Reading

    private func read(_ answer: AzureAnswer) async throws -> RemoteTable {
        let body = try await BoundedBody(answer.stream, limit: limits.bytes)
        if body.bytes.allSatisfy({ $0 <= 0x20 }) {
            throw refusals.make(
                "\(resource.name) answered with an empty body (status 200), as it does for a request it cannot read",
                "Check \(resource.setting): something on the way may have dropped the request's body")
        }
        let bytes = body.isCut ? CutReply.closed(body.bytes, rowDepth: rowDepth) ?? [] : body.bytes
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch {
            throw refusals.unreadable("a table", body.isCut ? tooLarge(0).problem : error.problem)
        }
        return try finished(json, body.isCut, answer.secrets)
    }

    private func finished(_ json: JSONValue, _ isCut: Bool, _ secrets: [String]) throws -> RemoteTable {
        let fault = json["error"].map { $0.isNull ? nil : AzureFault(json, secrets: secrets) } ?? nil
        var result: RemoteTable
        switch table(json) {
        case .success(let table): result = table
        case .failure(let reason):
            if let fault { throw queryRefusal(200, fault) }
            throw refusals.unreadable("a table", reason.words.striking(secrets).visible(limit: 300))
        }
        if let fault { result.incomplete.append(partial(fault)) }
        if isCut { result.incomplete.append(tooLarge(result.rows.count)) }
        bound(&result)
        return result
    }

    /// Keeps to the limit of rows; as many as the service sends at most may be fewer than there are.
    private func bound(_ table: inout RemoteTable) {
        guard table.rows.count >= limits.rows else { return }
        let count = table.rows.count
        if count > limits.rows {
            table.rows.removeLast(count - limits.rows)
            table.incomplete.append(
                missing("\(resource.name) sent \(count) rows; the first \(limits.rows) are kept"))
        } else if table.isComplete {
            table.incomplete.append(
                missing("\(resource.name) sent \(count) rows, as many as it sends at most; there may be more"))
        }
    }
}

/// Why a reply is no table, in words that read on from "that is not a table:".
struct ReplyFault: Error, Equatable {
    let words: String

    static let namelessColumn = ReplyFault(words: "one of its columns has no name")
}
