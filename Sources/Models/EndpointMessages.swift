import Diagnostics
import HTTP

/// All that is said to the user about a model's server, in one place.
struct EndpointMessages {
    let configuration: ChatEndpointConfiguration

    /// What an unreachable server needs.
    static let unreachable = "Is the server running? `model` shows the endpoint"
    private static let quoteLimit = 300

    /// The model as messages call it.
    private var model: String { "the model server" }

    private func make(_ problem: String, _ remedy: String, quoting words: String = "") -> Diagnostic {
        let secrets = [configuration.apiKey].compactMap { $0 }
        let quote = words.striking(secrets).visible(limit: Self.quoteLimit)
        return Diagnostic(
            problem + (quote.isEmpty ? "" : ": \(quote)"), remedy: remedy, kind: .unavailable)
    }

    /// A status other than 200.
    func status(_ status: Int, _ fault: ServerFault) -> Diagnostic {
        let words = fault.message
        if fault.isContextOverflow { return contextOverflow(words) }
        return switch status {
        case 401, 403: make("\(model) refused the key (status \(status))", "Set LLM_API_KEY to a valid key", quoting: words)
        case 404:
            make(
                "\(model) knows no such address or model (status 404)",
                "Check LLM_BASE_URL, which usually ends in /v1, and LLM_MODEL", quoting: words)
        case 429 where fault.mentions("insufficient_quota"):
            make("\(model) says the quota is used up (status 429)", "Add credit, or use another model", quoting: words)
        case 429: make("\(model) has too many requests (status 429)", "Try again in a minute", quoting: words)
        case 500...: make("\(model) failed (status \(status))", "See the server's own log, then try again", quoting: words)
        default: make("\(model) rejected the request (status \(status))", "Check LLM_MODEL and the server's log", quoting: words)
        }
    }

    /// An error sent with status 200, alone or in the stream.
    func reported(_ fault: ServerFault) -> Diagnostic {
        if fault.isContextOverflow { return contextOverflow(fault.message) }
        return make("\(model) reported an error", "See the server's own log, then try again", quoting: fault.message)
    }

    private func contextOverflow(_ words: String) -> Diagnostic {
        make(
            "the request is longer than the model's context", "Load the model with a larger context, or narrow the question",
            quoting: words)
    }

    /// A body that is no reply at all.
    var webPage: Diagnostic {
        make("\(model) answered with a web page", "Check LLM_BASE_URL, which usually ends in /v1")
    }

    /// A body that is empty, or a stream in which the model said nothing.
    var nothing: Diagnostic {
        make(
            "\(model) answered with nothing",
            "The request may be longer than the model's context; see the server's own log")
    }

    /// A token limit that left no room for the answer.
    var onlyLength: Diagnostic {
        make("\(model) reached its length limit before the answer began", "Raise LLM_MAX_TOKENS or the model's context")
    }

    /// A piece that cannot be read.
    func malformed(_ what: String, _ words: String = "") -> Diagnostic {
        make("\(model) sent \(what)", "Check that LLM_BASE_URL speaks the OpenAI chat API", quoting: words)
    }

    /// A reply without end.
    func overlong(_ limit: Int) -> Diagnostic {
        make("\(model) sent a reply of more than \(limit) bytes", "Set LLM_MAX_TOKENS, or use another model")
    }

    /// A reply that took longer than the configuration allows.
    var late: Diagnostic {
        let seconds = configuration.timeout
        let text = seconds == seconds.rounded() && seconds < 1e9 ? "\(Int(seconds))" : "\(seconds)"
        return make("\(model) did not finish its reply within \(text) s", "Raise LLM_TIMEOUT, or use a smaller model")
    }
}
