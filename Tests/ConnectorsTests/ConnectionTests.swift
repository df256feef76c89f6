import Diagnostics
import Digests
import Foundation
import JSON
import Testing

@testable import Connectors

/// Reads keys as key files are read.
enum JSONWebKeyReader {
    static func key(_ text: String) throws -> SigningKey { try JSONWebKey.privateKey(JSONValue(parsing: text)).key }
}

@Suite("Orgs")
struct OrganizationTests {
    @Test(
        "An org's URL",
        arguments: [
            ("https://example.okta.com", "https://example.okta.com"),
            ("https://example.okta.com/", "https://example.okta.com"),
            ("HTTPS://Example.Okta.com:443/", "https://example.okta.com"),
            ("https://login.example.com:8443", "https://login.example.com:8443"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"), ("http://[::1]:80", "http://[::1]"),
            ("https://sec-admin.example.com", "https://sec-admin.example.com"),
        ])
    func accepted(url: String, origin: String) throws {
        #expect(try OktaOrganization(url: url).origin == origin)
    }

    @Test(
        "What is none says what to set",
        arguments: [
            ("example.okta.com", "OKTA_ORG_URL is not an https URL", "Write it like https://example.okta.com"),
            ("", "OKTA_ORG_URL is not an https URL", "Write it like https://example.okta.com"),
            (
                "https://user:pw@example.okta.com", "OKTA_ORG_URL is not an https URL",
                "Write it like https://example.okta.com"
            ),
            (
                "http://example.okta.com",
                "OKTA_ORG_URL is not an https URL, and the token must not travel in the open",
                "Set it to https://example.okta.com"
            ),
            (
                "https://example.okta.com/oauth2/default", "OKTA_ORG_URL names more than the org",
                "Set it to https://example.okta.com"
            ),
            (
                "https://example.okta.com/?x=1", "OKTA_ORG_URL names more than the org",
                "Set it to https://example.okta.com"
            ),
            (
                "https://example-admin.okta.com", "OKTA_ORG_URL is the address of the Admin Console",
                "Set it to https://example.okta.com"
            ),
            (
                "https://a-admin.oktapreview.com/", "OKTA_ORG_URL is the address of the Admin Console",
                "Set it to https://a.oktapreview.com"
            ),
        ])
    func refused(url: String, problem: String, remedy: String) {
        let error = #expect(throws: Diagnostic.self) { try OktaOrganization(url: url) }
        #expect(error == Diagnostic(problem, remedy: remedy, kind: .unavailable))
    }
}

@Suite("Settings")
struct ConnectionTests {
    private static let org = ["OKTA_ORG_URL": " https://example.okta.com \n"]

    private static func settings(_ more: [String: String]) -> [String: String] { org.merging(more) { $1 } }

    @Test("An API token")
    func token() throws {
        let connection = try OktaConnection { Self.settings(["OKTA_API_TOKEN": " 00abc\n", "OKTA_KEY_ID": ""])[$0] }
        #expect(connection.organization.origin == "https://example.okta.com")
        guard case .apiToken("00abc") = connection.credentials else {
            return #expect(Bool(false), "\(connection.credentials)")
        }
    }

    @Test(
        "A service app with a key in PEM or JSON; the JSON may name the key",
        arguments: [
            (TestKeys.p256PEM, "kid-1" as String?, "kid-1"), (TestKeys.rsaJSON, nil, "rsa-1"),
            (TestKeys.rsaJSON, "own", "own"),
            (TestKeys.p256JSON, "kid-1", "kid-1"), ("\n {\"keys\":[\(TestKeys.rsaJSON)]}", nil, "rsa-1"),
        ])
    func serviceApp(text: String, keyID: String?, expected: String) throws {
        let path = try TestFolder().write(text, to: "key")
        let settings = Self.settings(["OKTA_CLIENT_ID": "0oa", "OKTA_PRIVATE_KEY_FILE": path])
        let connection = try OktaConnection { $0 == "OKTA_KEY_ID" ? keyID : settings[$0] }
        guard case .serviceApp("0oa", expected, let key) = connection.credentials else {
            return #expect(Bool(false), "\(connection.credentials)")
        }
        #expect(key.algorithm == (text.contains("RSA") ? .rs256 : .es256))
    }

    @Test(
        "What is missing or too much is named",
        arguments: [
            ([:], "OKTA_ORG_URL is not set", "Set it to your org, such as https://example.okta.com"),
            (
                org, "no credentials for Okta are set",
                "Set OKTA_API_TOKEN, or OKTA_CLIENT_ID, OKTA_KEY_ID and OKTA_PRIVATE_KEY_FILE"
            ),
            (
                settings(["OKTA_API_TOKEN": "00abc", "OKTA_PRIVATE_KEY_FILE": "k"]),
                "OKTA_API_TOKEN and OKTA_PRIVATE_KEY_FILE are both set",
                "Keep OKTA_API_TOKEN alone, or OKTA_CLIENT_ID, OKTA_KEY_ID and OKTA_PRIVATE_KEY_FILE"
            ),
            (
                settings(["OKTA_API_TOKEN": "SSWS 00abc"]), "OKTA_API_TOKEN holds characters that no token has",
                "Set it to the token alone, without `SSWS`"
            ),
            (
                settings(["OKTA_CLIENT_ID": "0oa", "OKTA_KEY_ID": "k"]),
                "OKTA_CLIENT_ID is set, but OKTA_PRIVATE_KEY_FILE is not",
                "Set it to the path of the app's private key"
            ),
            (
                settings(["OKTA_KEY_ID": "k"]), "OKTA_KEY_ID is set, but OKTA_CLIENT_ID is not",
                "Set it to the app's client id"
            ),
            (
                settings(["OKTA_CLIENT_ID": "0oa", "OKTA_PRIVATE_KEY_FILE": "/nowhere/key"]),
                "`/nowhere/key` cannot be read: No such file or directory",
                "Check OKTA_PRIVATE_KEY_FILE"
            ),
        ])
    func incomplete(settings: [String: String], problem: String, remedy: String) {
        let error = #expect(throws: Diagnostic.self) { try OktaConnection { settings[$0] } }
        #expect(error?.problem == problem)
        #expect(error?.remedy == remedy)
        #expect(error?.kind == .unavailable)
    }

    @Test("A PEM file names no key, so the setting must")
    func keyID() throws {
        let path = try TestFolder().write(TestKeys.p256PEM, to: "key.pem")
        let settings = Self.settings(["OKTA_CLIENT_ID": "0oa", "OKTA_PRIVATE_KEY_FILE": path])
        let error = #expect(throws: Diagnostic.self) { try OktaConnection { settings[$0] } }
        #expect(
            error?.rendered == "error: OKTA_CLIENT_ID is set, but OKTA_KEY_ID is not\n"
                + "  Set it to the `kid` of the app's public key, or use a key file in JSON, which names it")
    }

    @Test("A key file that others may read is not used", arguments: [0o640, 0o604, 0o660, 0o610, 0o644, 0o777])
    func lax(mode: Int) throws {
        let path = try TestFolder().write(TestKeys.p256PEM, to: "key.pem", mode: mode)
        let error = #expect(throws: Diagnostic.self) { try OktaKeyFile.read(path) }
        #expect(
            error?.rendered
                == "error: \(path): `\(path)` can be read by others, so the key in it is not used\n"
                    + "  Run: chmod 600 \(path)"
        )
    }

    @Test("A key file that only its owner may read is used", arguments: [0o600, 0o400, 0o700])
    func strict(mode: Int) throws {
        let path = try TestFolder().write(TestKeys.p256PEM, to: "key.pem", mode: mode)
        #expect(try OktaKeyFile.read(path).key.algorithm == .es256)
    }

    @Test(
        "A file that holds no usable key says why",
        arguments: [
            ("", "holds no private key that can be read"), ("{", "holds no private key that can be read"),
            (#"{"keys":[]}"#, "holds no private key that can be read"),
            (#"{"kty":"RSA","n":"AQAB"}"#, "holds no private key that can be read"),
            (#"{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB","d":"AQAB"}"#, "holds no private key that can be read"),
            (#"{"kty":"EC","crv":"P-521"}"#, "holds a key of the kind P-521"),
            (#"{"kty":"oct\u001b"}"#, #"holds a key of the kind oct\u{1B}"#),
            (
                TestKeys.p256JSON.replacing("jpsQ", with: "kpsQ"),
                "holds a private key that does not fit its public half"
            ),
            (TestKeys.rsaJSON.replacing("Eq5x", with: "Eq5y"), "holds a private key that does not fit its public half"),
            (
                TestKeys.p256PEM.replacing("BEGIN PRIVATE", with: "BEGIN ENCRYPTED PRIVATE"),
                "is protected by a passphrase"
            ),
        ])
    func unusable(text: String, problem: String) throws {
        let path = try TestFolder().write(text, to: "key")
        let error = #expect(throws: Diagnostic.self) { try OktaKeyFile.read(path) }
        #expect(error?.problem == "`\(path)` \(problem)")
    }

    @Test("What is no small file is not read")
    func large() throws {
        let folder = try TestFolder()
        let path = try folder.write(String(repeating: " ", count: 65_537), to: "key")
        for path in [path, folder.path] {
            let error = #expect(throws: Diagnostic.self) { try OktaKeyFile.read(path) }
            #expect(error?.problem == "`\(path)` is not a file of at most 65536 bytes")
        }
    }
}
