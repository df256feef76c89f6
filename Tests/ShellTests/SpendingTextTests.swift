import Models
import Testing

@testable import Shell

/// Money and addresses as they are shown.
struct SpendingTextTests {
    @Test("Amounts have as many digits as matter", arguments: [
        (0, "USD", "0 USD"), (0.00001, "USD", "< 0.0001 USD"), (0.00171, "USD", "0.0017 USD"),
        (0.5, "EUR", "0.5000 EUR"),
        (1.2, "USD", "1.20 USD"), (1234.567, nil, "1234.57"), (0.25, "\u{1B}[31m", "0.2500 \\u{1B}[31m"),
    ] as [(Double, String?, String)])
    func money(amount: Double, currency: String?, shown: String) {
        #expect(SpendingText.money(ModelCost(amount: amount, currency: currency)) == shown)
    }

    @Test("Prices stand as they are configured", arguments: [
        (0.1, 0.4, "USD", "0.1 in, 0.4 out USD"), (3, 15, "EUR", "3 in, 15 out EUR"),
        (0, 1e9, nil, "0 in, 1000000000.0 out"),
    ] as [(Double, Double, String?, String)])
    func price(input: Double, output: Double, currency: String?, shown: String) {
        #expect(SpendingText.price(ModelTariff(input: input, output: output, currency: currency)) == shown)
    }

    @Test("An endpoint is its host, and its port where that is not the usual one", arguments: [
        ("http://localhost:1234/v1", "localhost:1234"), ("https://api.example.com/v1", "api.example.com"),
        ("https://api.example.com:8443", "api.example.com:8443"), ("http://[::1]:8080/v1", "[::1]:8080"),
        ("http://user:secret@host/v1", "the configured address"), ("no address", "the configured address"),
    ])
    func endpoint(url: String, shown: String) {
        #expect(Launch.shortName(of: url) == shown)
    }
}
