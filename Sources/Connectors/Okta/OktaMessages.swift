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

    /// A status other than 200 from the System Log.
    func status(_ status: Int, _ fault: OktaFault) -> Diagnostic {
        let words = fault.words
        switch (status, fault.code) {
        case (400, "E0000031"):
            return make(
                "Okta cannot use the filter (E0000031)",
                "Check each attribute and operator: `co` and `sw` do not fit every attribute; `published` is --since and --until",
                quoting: words)
        case (400, "E0000053"):
            return make(
                "Okta does not know a field or value of the query (E0000053)",
                "Check the filter's attribute names, which are case-sensitive, and that --since is within 180 days", quoting: words)
        case (400, "E0000001"):
            return make("Okta found the query invalid (E0000001)", "Check --since, --until and --filter", quoting: words)
        case (400, _): return make("Okta rejected the query (status 400)", "Check --since, --until and --filter", quoting: words)
        case (401, _): return unauthorized(words)
        case (403, _): return forbidden(words)
        case (404, _): return make("\(origin) has no System Log API (status 404)", "Check OKTA_ORG_URL", quoting: words)
        case (429, _): return make("Okta keeps refusing further requests (status 429)", "Try again in a few minutes", quoting: words)
        case (500..., _):
            return make("Okta failed (status \(status))", "See status.okta.com, then try again", quoting: words)
        default: return make("Okta answered with status \(status)", "Check OKTA_ORG_URL", quoting: words)
        }
    }

    private func unauthorized(_ words: String) -> Diagnostic {
        isServiceApp
            ? make(
                "\(origin) refused an access token it had just issued (status 401)",
                "Check that the app is active, and this computer's clock", quoting: words)
            : make(
                "\(origin) refused the API token (status 401)",
                "It may be expired, revoked or another org's: make one under Security > API > Tokens and set OKTA_API_TOKEN",
                quoting: words)
    }

    private func forbidden(_ words: String) -> Diagnostic {
        isServiceApp
            ? make(
                "\(origin) does not let the app read the System Log (status 403)",
                "Grant the app the scope okta.logs.read, and an admin role such as Read-only Administrator", quoting: words)
            : make(
                "\(origin) does not let this API token read the System Log (status 403)",
                "A token has the rights of the admin who made it, from the network zones it allows: Read-only Administrator is enough",
                quoting: words)
    }

    /// A page of events that is none.
    func notAPage(_ words: String) -> Diagnostic {
        make("\(origin) sent something that is not a list of events", "Check OKTA_ORG_URL, and try again", quoting: words)
    }

    /// A query that Okta cannot answer in time, however little is asked at once.
    func tooSlow(_ asked: String, _ fault: OktaFault) -> Diagnostic {
        make(
            "Okta took too long even for \(asked) (E0000009)", "Simplify the filter, or try again when Okta is less busy",
            quoting: fault.words)
    }

    /// A wait that is longer than is worth waiting.
    func tooLong(_ seconds: Int) -> Diagnostic {
        make("Okta asks to wait \(seconds) s before the next request", "Run the command again in \(seconds) s; what was read is kept")
    }

    /// A `next` link that leads away from the org; the token is not sent there.
    func foreignLink(_ url: String) -> Diagnostic {
        make(
            "Okta's `next` link leads to another address, which is not followed: \(url.visible(limit: 200))",
            "If the org moved, set OKTA_ORG_URL to its new address")
    }

    /// A `next` link that was followed before.
    var loop: Diagnostic {
        make("Okta's `next` link leads back to a page that was read already", "What was read is kept; try a narrower window")
    }

    /// A polling answer without the `next` link that Okta promises.
    var noCheckpoint: Diagnostic {
        make("Okta sent no `next` link to go on from", "What was read is kept; run the command again to go on")
    }
}

// MARK: Tokens

extension OktaMessages {
    /// A failed request for an access token.
    func token(_ status: Int, _ fault: OktaFault) -> Diagnostic {
        switch fault.code {
        case "invalid_client":
            make(
                "\(origin) does not accept the app's key (invalid_client)",
                "Check OKTA_CLIENT_ID, OKTA_KEY_ID and this computer's clock, and that the app holds the public half of the key",
                quoting: fault.words)
        case "invalid_scope":
            make(
                "\(origin) does not grant the app the scope okta.logs.read", "Grant it under the app's tab `Okta API Scopes`",
                quoting: fault.words)
        case "unauthorized_client":
            make(
                "\(origin) does not let the app ask for a token itself",
                "Make it an API Services app with the grant type client credentials", quoting: fault.words)
        case "invalid_dpop_proof", "use_dpop_nonce":
            make("\(origin) did not accept the proof of possession", "Check this computer's clock, then try again", quoting: fault.words)
        default:
            make(
                "\(origin) issued no access token (status \(status))", "Check OKTA_ORG_URL, OKTA_CLIENT_ID and OKTA_KEY_ID",
                quoting: fault.words)
        }
    }

    /// An answer with status 200 that holds no token.
    var noToken: Diagnostic {
        make("\(origin) answered without an access token that can be used", "Check OKTA_ORG_URL, and try again")
    }

    /// libcrypto could not sign.
    var noSignature: Diagnostic { make("the request could not be signed", "Try again; if it stays, make a new key") }
}
