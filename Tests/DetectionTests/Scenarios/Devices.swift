/// A browser or program on a device, as `client.userAgent`, `client.device`, `device` and `debugData` tell of it.
struct Device {
    let userAgent: String
    let system: String
    let browser: String
    let form: String
    /// The hash of the device token, a cookie; `nil` where cookies are not kept.
    let deviceHash: String?
    let fingerprint: String
    /// Okta's id of a device that is registered.
    let id: String?
    /// `client.userAgent` as JSON.
    let agentJSON: String

    init(_ agent: Agent, deviceHash: String?, fingerprint: String, id: String?) {
        (userAgent, system, browser, form) = (agent.raw, agent.system, agent.browser, agent.form)
        (self.deviceHash, self.fingerprint, self.id) = (deviceHash, fingerprint, id)
        agentJSON = "{\"rawUserAgent\":\"\(agent.raw)\",\"os\":\"\(agent.system)\",\"browser\":\"\(agent.browser)\"}"
    }

    /// The same browser on another machine, or the same text sent by a stranger.
    func counterfeit(deviceHash: String?, fingerprint: String) -> Device {
        Device(
            Agent(raw: userAgent, system: system, browser: browser, form: form), deviceHash: deviceHash,
            fingerprint: fingerprint, id: nil)
    }
}

struct Agent {
    let raw: String
    let system: String
    let browser: String
    var form = "Computer"

    static let windows = [143, 144, 145].map { chrome("Windows NT 10.0; Win64; x64", "Windows 10", $0) }
    static let mac = [143, 145].map { chrome("Macintosh; Intel Mac OS X 10_15_7", "Mac OS X", $0) }
    static let safari = Agent(
        raw: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "Version/26.1 Safari/605.1.15",
        system: "Mac OS X", browser: "SAFARI")
    static let linux = Agent(
        raw: "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0", system: "Linux",
        browser: "FIREFOX")
    static let iPhone = Agent(
        raw: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "Version/18.6 Mobile/15E148 Safari/604.1",
        system: "iOS (iPhone)", browser: "SAFARI", form: "Mobile")
    static let android = chrome("Linux; Android 10; K", "Android", 144, form: "Mobile")
    static let mail = Agent(raw: "Apple-iPhone16C1/2307.62", system: "iOS (iPhone)", browser: "UNKNOWN", form: "Mobile")
    static let python = program("python-requests/2.32.3")
    static let curl = program("curl/8.5.0")
    static let backEnd = program("Apache-HttpClient/5.4 (Java/21)")

    static func program(_ name: String) -> Agent {
        Agent(raw: name, system: "Unknown", browser: "UNKNOWN", form: "Unknown")
    }

    private static func chrome(_ platform: String, _ system: String, _ version: Int, form: String = "Computer") -> Agent {
        let safari = form == "Mobile" ? "Mobile Safari" : "Safari"
        return Agent(
            raw: "Mozilla/5.0 (\(platform)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/\(version).0.0.0 \(safari)/537.36",
            system: system, browser: "CHROME", form: form)
    }
}

extension Chance {
    mutating func device(_ agent: Agent, keepsCookies: Bool = true, isRegistered: Bool = false) -> Device {
        Device(
            agent, deviceHash: keepsCookies ? hexadecimal(64) : nil, fingerprint: hexadecimal(32),
            id: isRegistered ? identifier("guo") : nil)
    }

    mutating func laptop(isRegistered: Bool = true) -> Device {
        device(pick(Agent.windows + Agent.windows + Agent.mac + [.safari, .linux]), isRegistered: isRegistered)
    }

    mutating func telephone() -> Device { device(happens(0.6) ? .iPhone : .android, isRegistered: true) }
}
