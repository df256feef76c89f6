internal import Diagnostics

/// What is said to the user about an answer that is no success.
struct AzureRefusals {
    let resource: AzureResource
    let origin: String
    let credential: AzureCredential

    func make(_ problem: String, _ remedy: String, quoting words: String = "") -> Diagnostic {
        Diagnostic(problem + (words.isEmpty ? "" : ": \(words)"), remedy: remedy, kind: .unavailable)
    }

    /// The statuses that mean the same for every service.
    func status(_ status: Int, _ fault: AzureFault) -> Diagnostic {
        let (problem, remedy) =
            switch status {
            case 401: unauthorized
            case 403: forbidden(fault)
            case 404: ("\(origin) does not have what was asked for (status 404)", "Check \(resource.setting)")
            case 429:
                ("\(resource.name) keeps refusing further requests (status 429)", "Try again in a few minutes")
            case 504: ("\(resource.name) did not finish in time (status 504)", "Try again, or ask for less at once")
            case 500...:
                ("\(resource.name) failed (status \(status))", "See status.azure.com, then try again")
            default: ("\(resource.name) answered with status \(status)", "Check \(resource.setting)")
            }
        return make(problem, remedy, quoting: fault.words)
    }

    private var unauthorized: (problem: String, remedy: String) {
        ("\(origin) refused the token of \(credential) (status 401)", credential.remedy)
    }

    private func forbidden(_ fault: AzureFault) -> (problem: String, remedy: String) {
        // Log Analytics tells a token that it cannot use with 403 as well (Azure Monitor, API errors).
        if fault.has("InvalidAuthenticationToken", "InvalidAuthenticationTokenAudience") {
            return (
                "\(origin) cannot use a token that was made for another service or tenant (status 403)",
                "Check \(resource.setting) and AZURE_TENANT_ID, or sign in to the right tenant"
            )
        }
        return ("\(origin) does not let \(credential) do this (status 403)", resource.leastPermission)
    }

    /// A success whose body is none.
    func unreadable(_ what: String, _ reason: String) -> Diagnostic {
        make(
            "\(origin) sent something that is not \(what)", "Check \(resource.setting), and try again", quoting: reason)
    }
}

extension AzureService {
    func refusals(_ resource: AzureResource) -> AzureRefusals {
        AzureRefusals(resource: resource, origin: addresses.origin(of: resource), credential: credential)
    }
}
