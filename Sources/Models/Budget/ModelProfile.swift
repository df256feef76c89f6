public import Diagnostics
public import JSON

/// What the configuration says of one model; `nil` where it says nothing.
public struct ModelProfile: Hashable, Sendable {
    /// As the server knows it.
    public let name: String
    /// Tokens of request and reply together.
    public var context: Int?
    /// What its tokens cost.
    public var tariff: ModelTariff?
    /// The most tokens of requests and replies in a minute.
    public var tokensPerMinute: Int?
    /// The most requests in a minute.
    public var requestsPerMinute: Int?

    /// A profile.
    public init(
        name: String, context: Int? = nil, tariff: ModelTariff? = nil, tokensPerMinute: Int? = nil,
        requestsPerMinute: Int? = nil
    ) {
        self.name = name
        self.context = context
        self.tariff = tariff
        self.tokensPerMinute = tokensPerMinute
        self.requestsPerMinute = requestsPerMinute
    }
}

// MARK: From the configuration

extension ModelProfile {
    /// The members of a model in `config.json`.
    private enum Key: String, CaseIterable {
        case context, inputPrice = "input_price", outputPrice = "output_price", currency
        case tokensPerMinute = "tokens_per_minute", requestsPerMinute = "requests_per_minute"
    }

    /// Reads a model's object. What is wrong in it is told, and left out.
    public static func read(_ name: String, _ json: JSONValue) -> (profile: ModelProfile, problems: [Diagnostic]) {
        var reader = ProfileReader(name: name)
        guard let members = json.members, !name.isEmpty else {
            let form = "Write {\"models\": {\"NAME\": {\"context\": 131072}}}"
            reader.refuse("it is not an object in `models`", form)
            return (ModelProfile(name: name), reader.problems)
        }
        for member in members where Key(rawValue: member.key) == nil {
            let known = Key.allCases.map(\.rawValue)
            reader.refuse("`\(member.key)` is nothing that a model has", known.remedy(for: member.key))
        }
        func value(_ key: Key) -> JSONValue? {
            members.last { Key(rawValue: $0.key) == key && !$0.value.isNull }?.value
        }
        let profile = ModelProfile(
            name: name, context: reader.count(.context, value(.context)),
            tariff: reader.tariff(value(.inputPrice), value(.outputPrice), value(.currency)),
            tokensPerMinute: reader.count(.tokensPerMinute, value(.tokensPerMinute)),
            requestsPerMinute: reader.count(.requestsPerMinute, value(.requestsPerMinute)))
        return (profile, reader.problems)
    }

    /// The most tokens that are believed of a context or a minute.
    static let largestCount: Int64 = 1_000_000_000

    private struct ProfileReader {
        let name: String
        var problems: [Diagnostic] = []

        mutating func refuse(_ problem: String, _ remedy: String) {
            problems.append(Diagnostic("model `\(name)`: \(problem)", remedy: remedy, kind: .usage))
        }

        mutating func count(_ key: Key, _ value: JSONValue?) -> Int? {
            guard let value else { return nil }
            guard let count = value.integer, (1...ModelProfile.largestCount).contains(count) else {
                refuse("`\(key.rawValue)` is not a whole number above 0", "Write it like \"\(key.rawValue)\": 8192")
                return nil
            }
            return Int(count)
        }

        /// A cost is only known where both prices are.
        mutating func tariff(_ input: JSONValue?, _ output: JSONValue?, _ currency: JSONValue?) -> ModelTariff? {
            let prices = (price(.inputPrice, input), price(.outputPrice, output))
            switch prices {
            case (nil, nil): return nil
            case (let input?, let output?):
                return ModelTariff(input: input, output: output, currency: unit(currency))
            default:
                let problem = "one of its two prices is missing, so no cost is shown"
                refuse(problem, "Give both input_price and output_price")
                return nil
            }
        }

        private mutating func price(_ key: Key, _ value: JSONValue?) -> Double? {
            guard let value else { return nil }
            guard let price = value.double, (0...1e9).contains(price) else {
                refuse(
                    "`\(key.rawValue)` is not a price for a million tokens", "Write it like \"\(key.rawValue)\": 0.4")
                return nil
            }
            return price
        }

        private mutating func unit(_ value: JSONValue?) -> String? {
            guard let value else { return nil }
            let isUnit = value.string.map { !$0.isEmpty && $0.count <= 8 && $0.visible == $0 } ?? false
            if !isUnit { refuse("`currency` is not a short text", "Write it like \"currency\": \"USD\"") }
            return isUnit ? value.string : nil
        }
    }
}
