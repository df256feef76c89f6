internal import Diagnostics

/// What is said about an answer that is no table, or not all of one.
extension RemoteQuery {
    static let narrower = "Narrow the time span, or use `summarize`, `project` or `take`"

    func missing(_ problem: String) -> Diagnostic {
        Diagnostic(problem, remedy: Self.narrower, kind: .unavailable)
    }

    func tooLarge(_ rows: Int) -> Diagnostic {
        missing("the answer is larger than \(limits.bytes) bytes and was cut there; \(rows) rows are kept")
    }

    func partial(_ fault: AzureFault) -> Diagnostic {
        let codes = fault.codes.isEmpty ? "" : " (\(fault.codes.joined(separator: ", ")))"
        return refusals.make(
            "\(resource.name) could not finish the query, so rows are missing\(codes)", Self.narrower,
            quoting: fault.words)
    }

    /// A refused query; of kind `.usage` when its text is at fault.
    func queryRefusal(_ status: Int, _ fault: AzureFault) -> Diagnostic {
        switch status {
        case 400 where fault.isOfQuery || resource == .graph, 200 where fault.isOfQuery: queryFault(fault)
        case 200: refusals.make("\(resource.name) failed", "Try again", quoting: fault.words)
        case 400:
            refusals.make(
                "\(resource.name) rejected the request (status 400)", "Check the query and the time span",
                quoting: fault.words)
        case 404:
            refusals.make(
                "\(resource.name) does not have what was asked for (status 404)",
                resource == .graph
                    ? "Check GRAPH_URL; the tenant may not have Defender XDR"
                    : "Check LOG_ANALYTICS_WORKSPACE_ID: it is the workspace's id, not its name",
                quoting: fault.words)
        case 408, 504:
            refusals.make(
                "the query took longer than \(resource.name) allows (status \(status))", Self.narrower,
                quoting: fault.words)
        default: refusals.status(status, fault)
        }
    }

    func queryFault(_ fault: AzureFault) -> Diagnostic {
        var found = fault.codes.last.map { [$0] } ?? []
        if let position = fault.position { found.append("position \(position)") }
        if let token = fault.token, !token.isEmpty { found.append("at `\(token)`") }
        let detail = found.isEmpty ? "" : " (\(found.joined(separator: ", ")))"
        return Diagnostic(
            "\(resource.name) cannot run the query\(detail)" + (fault.words.isEmpty ? "" : ": \(fault.words)"),
            remedy: "Check the names of tables and columns, and the query there", kind: .usage,
            at: fault.line.map { Place(file: "query", line: $0) })
    }
}
