/// Countries by name, adjective and code (ISO 3166-1 alpha-2): Okta writes names, Entra writes codes.
enum HuntCountries {
    struct Country: Hashable, Sendable {
        let code: String
        let name: String
    }

    /// The country that words in lower case name, such as `north korea` or `russian`.
    static func named(_ words: String) -> Country? { byName[words] }

    /// The country of a code in capital letters.
    static func coded(_ code: String) -> Country? { code.utf8.count == 2 ? byCode[code] : nil }

    /// `code name|other names`.
    private static let lines = [
        "AE United Arab Emirates|uae|emirates", "AF Afghanistan|afghan", "AR Argentina|argentinian",
        "AT Austria|austrian",
        "AU Australia|australian", "BD Bangladesh", "BE Belgium|belgian", "BG Bulgaria|bulgarian",
        "BR Brazil|brasil|brazilian",
        "BY Belarus|belarusian", "CA Canada|canadian", "CH Switzerland|swiss", "CL Chile|chilean", "CN China|chinese",
        "CO Colombia|colombian", "CU Cuba|cuban", "CZ Czechia|czech|czech republic", "DE Germany|german",
        "DK Denmark|danish",
        "DZ Algeria|algerian", "EE Estonia|estonian", "EG Egypt|egyptian", "ES Spain|spanish", "FI Finland|finnish",
        "FR France|french", "GB United Kingdom|uk|britain|england|british", "GE Georgia", "GH Ghana", "GR Greece|greek",
        "HK Hong Kong", "HR Croatia|croatian", "HU Hungary|hungarian", "ID Indonesia|indonesian", "IE Ireland|irish",
        "IL Israel|israeli", "IN India|indian", "IQ Iraq|iraqi", "IR Iran|iranian", "IT Italy|italian",
        "JP Japan|japanese",
        "KE Kenya|kenyan", "KP North Korea|dprk|north korean", "KR South Korea|korea|south korean|korean",
        "KZ Kazakhstan",
        "LT Lithuania|lithuanian", "LV Latvia|latvian", "MA Morocco|moroccan", "MD Moldova|moldovan",
        "MX Mexico|mexican",
        "MY Malaysia|malaysian", "NG Nigeria|nigerian", "NL Netherlands|the netherlands|holland|dutch",
        "NO Norway|norwegian",
        "NZ New Zealand", "PH Philippines|the philippines|filipino", "PK Pakistan|pakistani", "PL Poland|polish",
        "PT Portugal|portuguese", "RO Romania|romanian", "RS Serbia|serbian", "RU Russia|russian|russian federation",
        "SA Saudi Arabia|saudi", "SE Sweden|swedish", "SG Singapore", "SY Syria|syrian", "TH Thailand|thai",
        "TR Turkey|turkish",
        "TW Taiwan|taiwanese", "UA Ukraine|ukrainian", "US United States|usa|america|the us|united states of america",
        "VE Venezuela", "VN Vietnam|vietnamese", "ZA South Africa|south african",
    ]

    private static let all: [(country: Country, names: [String])] = lines.map { line in
        let names = line.dropFirst(3).split(separator: "|").map(String.init)
        return (Country(code: String(line.prefix(2)), name: names[0]), names.map { $0.lowercased() })
    }

    private static let byName: [String: Country] = Dictionary(
        all.flatMap { entry in entry.names.map { ($0, entry.country) } }
    ) { first, _ in first }
    private static let byCode: [String: Country] = Dictionary(all.map { ($0.country.code, $0.country) }) { first, _ in
        first
    }
}
