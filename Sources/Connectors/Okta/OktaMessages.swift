internal import Diagnostics

/// All that is said to the user about an org's answers, in one place.
struct OktaMessages {
    let organization: OktaOrganization
    /// Whether the org is asked as a service app rather than with an API token.
    let isServiceApp: Bool

    private var origin: String { organization.origin }

    /// What an unreachable server needs.
    static let unreachable = "Check OKTA_ORG_URL and the network; `config` shows the addresses in use"

    private func make(_ problem: String, _ remedy: String, quoting words: String = "") -> Diagnostic {
        Diagnostic(problem + (words.isEmpty ? "" : ": \(words)"), remedy: remedy, kind: .unavailable)
    }

    /// A page of events that is none.
    func notAPage(_ words: String) -> Diagnostic {
        let problem = "\(origin) sent something that is not a list of events"
        return make(problem, "Check OKTA_ORG_URL, and try again", quoting: words)
    }

    /// A query that Okta cannot answer in time, however little is asked at once.
    func tooSlow(_ asked: String, _ fault: OktaFault) -> Diagnostic {
        let remedy = "Simplify the filter, or try again when Okta is less busy"
        return make("Okta took too long even for \(asked) (E0000009)", remedy, quoting: fault.words)
    }

    /// A wait that is longer than is worth waiting.
    func tooLong(_ seconds: Int) -> Diagnostic {
        let remedy = "Run the command again in \(seconds) s; what was read is kept"
        return make("Okta asks to wait \(seconds) s before the next request", remedy)
    }

    /// A `next` link that leads away from the org; the token is not sent there.
    func foreignLink(_ url: String) -> Diagnostic {
        make(
            "Okta's `next` link leads to another address, which is not followed: \(url.visible(limit: 200))",
            "If the org moved, set OKTA_ORG_URL to its new address")
    }

    /// A `next` link that was followed before.
    var loop: Diagnostic {
        let problem = "Okta's `next` link leads back to a page that was read already"
        return make(problem, "What was read is kept; try a narrower window")
    }

    /// A polling answer without the `next` link that Okta promises.
    var noCheckpoint: Diagnostic {
        make("Okta sent no `next` link to go on from", "What was read is kept; run the command again to go on")
    }

    /// An answer with status 200 that holds no token.
    var noToken: Diagnostic {
        make("\(origin) answered without an access token that can be used", "Check OKTA_ORG_URL, and try again")
    }

    /// libcrypto could not sign.
    var noSignature: Diagnostic {
        make("the request could not be signed", "Try again; if it stays, make a new key")
    }
}

// MARK: Refusals

extension OktaMessages {
    /// A status other than 200 from the System Log.
    func status(_ status: Int, _ fault: OktaFault) -> Diagnostic {
        if fault.code == "invalid_dpop_proof" || fault.code == "use_dpop_nonce" { return token(status, fault) }
        let (problem, remedy) =
            switch status {
            case 400: badQuery(fault.code)
            case 401: unauthorized
            case 403: forbidden
            case 404: ("\(origin) has no System Log API (status 404)", "Check OKTA_ORG_URL")
            case 429: ("Okta keeps refusing further requests (status 429)", "Try again in a few minutes")
            case 500...: ("Okta failed (status \(status))", "See status.okta.com, then try again")
            default: ("Okta answered with status \(status)", "Check OKTA_ORG_URL")
            }
        return make(problem, remedy, quoting: fault.words)
    }

    private func badQuery(_ code: String) -> (problem: String, remedy: String) {
        switch code {
        case "E0000031":
            (
                "Okta cannot use the filter (E0000031)",
                "Check attributes and operators; not all fit `co` and `sw`, and `published` is --since and --until"
            )
        case "E0000053":
            (
                "Okta does not know a field or value of the query (E0000053)",
                "Check the filter's attribute names, which are case-sensitive, and that --since is within 180 days"
            )
        case "E0000001": ("Okta found the query invalid (E0000001)", "Check --since, --until and --filter")
        default: ("Okta rejected the query (status 400)", "Check --since, --until and --filter")
        }
    }

    private var unauthorized: (problem: String, remedy: String) {
        isServiceApp
            ? (
                "\(origin) refused an access token it had just issued (status 401)",
                "Check that the app is active, and this computer's clock"
            )
            : (
                "\(origin) refused the API token (status 401)",
                "Expired, revoked or another org's? Make one under Security > API > Tokens, and set OKTA_API_TOKEN"
            )
    }

    private var forbidden: (problem: String, remedy: String) {
        isServiceApp
            ? (
                "\(origin) does not let the app read the System Log (status 403)",
                "Grant the app the scope okta.logs.read, and an admin role such as Read-only Administrator"
            )
            : (
                "\(origin) does not let this API token read the System Log (status 403)",
                "Let an admin make it, Read-only Administrator at least, and check its network zones"
            )
    }

    /// A refused request for an access token.
    func token(_ status: Int, _ fault: OktaFault) -> Diagnostic {
        let (problem, remedy) =
            switch fault.code {
            case "invalid_client":
                (
                    "\(origin) does not accept the app's key (invalid_client)",
                    "Check OKTA_CLIENT_ID, OKTA_KEY_ID, the public key the app holds, and this computer's clock"
                )
            case "invalid_scope":
                (
                    "\(origin) does not grant the app the scope okta.logs.read",
                    "Grant it under the app's tab `Okta API Scopes`"
                )
            case "unauthorized_client":
                (
                    "\(origin) does not let the app ask for a token itself",
                    "Make it an API Services app with the grant type client credentials"
                )
            case "invalid_dpop_proof", "use_dpop_nonce":
                (
                    "\(origin) did not accept the proof of possession",
                    "Check this computer's clock, then try again"
                )
            default:
                (
                    "\(origin) issued no access token (status \(status))",
                    "Check OKTA_ORG_URL, OKTA_CLIENT_ID and OKTA_KEY_ID"
                )
            }
        return make(problem, remedy, quoting: fault.words)
    }
}
