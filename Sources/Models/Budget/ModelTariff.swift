public import JSON

/// What a model's tokens cost, as the configuration says; never guessed.
public struct ModelTariff: Hashable, Sendable {
    /// For a million tokens of requests.
    public let input: Double
    /// For a million tokens of replies.
    public let output: Double
    /// Such as `USD`; `nil` where the configuration names none.
    public let currency: String?

    /// A tariff.
    public init(input: Double, output: Double, currency: String?) {
        self.input = input
        self.output = output
        self.currency = currency
    }

    /// What so many tokens cost.
    public func cost(input inTokens: Int, output outTokens: Int) -> ModelCost {
        ModelCost(
            amount: (Double(max(0, inTokens)) * input + Double(max(0, outTokens)) * output) / 1e6, currency: currency)
    }
}

/// An amount of money.
public struct ModelCost: Hashable, Sendable {
    /// Not negative.
    public var amount: Double
    /// As in ``ModelTariff/currency``.
    public let currency: String?

    /// An amount.
    public init(amount: Double, currency: String?) {
        self.amount = amount
        self.currency = currency
    }

    /// Whether it is an amount of this currency, compared by bytes.
    public func isIn(_ other: String?) -> Bool { (currency ?? "").utf8.elementsEqual((other ?? "").utf8) }

    /// `{"amount","currency"}`.
    public var json: JSONValue { ["amount": JSONValue(amount), "currency": JSONValue(currency)] }

    /// Reads ``json``; `nil` for what is none.
    public init?(json: JSONValue) {
        guard let amount = json["amount"]?.double, (0...1e15).contains(amount) else { return nil }
        self.init(amount: amount, currency: json["currency"]?.string)
    }
}
