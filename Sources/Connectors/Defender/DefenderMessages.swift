internal import Diagnostics
internal import HTTP

/// All that is said to the user about Defender's answers, in one place.
struct DefenderMessages {
    let origin: String

    /// What to do when nobody knows whether an action was taken.
    static let caution = "Look in Defender's Action center before you send it again"
    private static let goesOn = "The action goes on without this program; see Defender's Action center"

    /// What was asked for, for a refusal's words and its hint.
    struct Purpose {
        /// Reads on from "does not let this identity": `look machines up`.
        let words: String
        /// The least permission that allows it.
        let permission: String

        static let reading = Purpose(words: "look machines up", permission: "Machine.Read.All")
        static let following = Purpose(words: "read the action's state", permission: "Machine.Read.All")

        init(words: String, permission: String) { (self.words, self.permission) = (words, permission) }

        init(_ action: DefenderAction) { self.init(words: "\(action.words) machines", permission: action.permission) }
    }

    private func make(_ problem: String, _ remedy: String, quoting words: String = "") -> Diagnostic {
        Diagnostic(problem + (words.isEmpty ? "" : ": \(words)"), remedy: remedy, kind: .unavailable)
    }

    /// The closure that provides tokens provided none that can be sent.
    var noToken: Diagnostic {
        make("there is no access token for Defender", "Sign in; `config` shows which Azure settings are in use")
    }

    /// A list or a machine that is none.
    func unreadable(_ what: String, _ fault: DefenderFault) -> Diagnostic {
        make("\(origin) sent something that is not \(what)", "Check DEFENDER_URL, and try again", quoting: fault.words)
    }

    /// An action that was accepted with an answer that does not say which.
    func unreadableAcceptance(_ status: Int) -> Diagnostic {
        make(
            "Defender accepted the request (status \(status)), but its answer names no action on that machine",
            Self.caution)
    }

    /// A request made for another server.
    func foreign(_ url: String) -> Diagnostic {
        make("the request is for another server than \(origin), so it was not sent", "Prepare it again")
    }

    /// More machines begin with a name than one answer holds.
    func tooMany(_ name: String) -> Diagnostic {
        let problem = "too many machines begin with `\(name.visible(limit: 80))` to tell which is meant"
        return make(problem, "Give the machine's id")
    }
}

// MARK: Following

extension DefenderMessages {
    /// An action that did not end in time.
    func timeLimit(_ action: DefenderMachineAction, _ limit: Duration) -> Diagnostic {
        make("action \(action.id) is still \(action.status.shown) after \(limit.components.seconds) s", Self.goesOn)
    }

    /// The user stopped the watching.
    func stoppedWatching(_ action: DefenderMachineAction) -> Diagnostic {
        Diagnostic(
            "stopped watching action \(action.id), last seen \(action.status.shown)", remedy: Self.goesOn,
            kind: .interrupted)
    }

    /// The state of a running action cannot be read any more.
    func lostSight(_ action: DefenderMachineAction, _ failure: Diagnostic) -> Diagnostic {
        let problem = "action \(action.id) was started, but its state cannot be read"
        return make(problem, "\(Self.goesOn). \(failure.remedy)", quoting: failure.problem)
    }
}

extension DefenderMachineAction.Status {
    fileprivate var shown: String { name.visible(limit: 40) }
}

// MARK: Refusals

extension DefenderMessages {
    /// A status that is neither success nor understood otherwise.
    func status(_ answer: DefenderExchange.Answer, _ purpose: Purpose, now: Int) -> Diagnostic {
        let fault = answer.fault
        let (problem, remedy) =
            switch answer.status {
            case 400: badRequest(fault.code)
            case 401:
                (
                    "\(origin) refused the access token (status 401)",
                    "Sign in again; the token must be issued for \(DefenderAddress.scope)"
                )
            case 403: forbidden(fault.code, purpose)
            case 404:
                ("Defender has nothing under that address (status 404)", "Check the machine's id and DEFENDER_URL")
            case 429: tooManyCalls(answer.head, now)
            case 500...: serverFault(answer.status, purpose)
            default: ("Defender answered with status \(answer.status)", "Check DEFENDER_URL")
            }
        return make(problem, remedy, quoting: fault.words)
    }

    private func badRequest(_ code: String) -> (problem: String, remedy: String) {
        switch code {
        case "OsPlatformNotSupported":
            ("Defender cannot do that on this operating system (\(code))", "Act on the machine itself")
        case "ClientVersionNotSupported":
            ("the machine's Defender sensor is too old for that (\(code))", "Update it, or act on the machine itself")
        case "": ("Defender rejected the request (status 400)", "Check the machine's id")
        default: ("Defender rejected the request (\(code.visible(limit: 60)))", "Check the machine's id and the reason")
        }
    }

    private func forbidden(_ code: String, _ purpose: Purpose) -> (problem: String, remedy: String) {
        switch code {
        case "DisabledFeature", "DisallowedOperation":
            ("Defender does not allow that in this tenant (\(code))", "See Defender's settings, Advanced features")
        default:
            (
                "Defender does not let this identity \(purpose.words) (status 403)",
                "Let an admin grant it \(purpose.permission), no more, and add it to the machine's device group"
            )
        }
    }

    private func tooManyCalls(_ head: HTTPResponseHead, _ now: Int) -> (problem: String, remedy: String) {
        let problem = "Defender's limit of calls is used up (status 429)"
        guard let wait = head.askedWait(now: now)?.components.seconds else {
            return (problem, "Try again in a minute; it allows 100 calls a minute and 1500 an hour")
        }
        return (problem, "Try again in \(max(1, wait)) s, which Defender asks for")
    }

    private func serverFault(_ status: Int, _ purpose: Purpose) -> (problem: String, remedy: String) {
        let isReading = purpose.permission == Purpose.reading.permission
        let caution = "The request may have had its effect. \(Self.caution)"
        return ("Defender failed (status \(status))", isReading ? "Try again in a few minutes" : caution)
    }
}
