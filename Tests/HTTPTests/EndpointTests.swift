import Diagnostics
import Testing

@testable import HTTP

@Suite struct EndpointTests {
    @Test(arguments: [
        ("https://example.com/path?x=1", "https://example.com"),
        ("HTTPS://Example.COM:8443", "https://example.com:8443"),
        ("http://localhost:1234/v1", "http://localhost:1234"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://127.9.9.9:80/", "http://127.9.9.9:80"),
        ("http://[::1]:11434/v1", "http://[::1]:11434"),
        ("http://0x7f.1/", "http://127.0.0.1"),
    ])
    func allowed(url: String, server: String) throws {
        #expect(try Endpoint(of: HTTPRequest(url: url)).description == server)
    }

    static let notAURL = "the configured address is not an http or https URL"
    static let hasUser = "the configured address holds a user name or password"

    @Test(arguments: [
        ("", notAURL),
        ("localhost:1234", notAURL),
        ("file:///etc/passwd", notAURL),
        ("ftp://127.0.0.1/x", notAURL),
        ("gopher://127.0.0.1/", notAURL),
        ("https://", notAURL),
        ("https://user@example.com/", hasUser),
        ("https://user:secret@example.com/", hasUser),
        ("http://127.0.0.1@example.com/", hasUser),
        ("http://example.com/", "http://example.com is not on this computer, and only https may leave it"),
        ("http://10.0.0.1/", "http://10.0.0.1 is not on this computer, and only https may leave it"),
        ("http://localhost.example.com/", "http://localhost.example.com is not on this computer, and only https may leave it"),
        ("https://169.254.169.254/latest", "https://169.254.169.254 is a link-local address, which is never contacted"),
        ("https://2852039166/latest", "https://169.254.169.254 is a link-local address, which is never contacted"),
        ("https://[fe80::1]/", "https://[fe80::1] is a link-local address, which is never contacted"),
        ("https://[::ffff:169.254.1.1]/", "https://[::ffff:169.254.1.1] is a link-local address, which is never contacted"),
    ])
    func refused(url: String, problem: String) {
        let error = #expect(throws: Diagnostic.self) { try Endpoint(of: HTTPRequest(url: url)) }
        #expect(error?.problem == problem)
        #expect(error?.kind == .unavailable)
    }

    @Test(arguments: [("Authorization", "Bearer a\r\nX: y"), ("X\nY", "z"), ("", "z"), ("X:Y", "z"), ("X", "\u{0}")])
    func unsendableHeader(name: String, value: String) {
        let request = HTTPRequest(url: "https://example.com", headers: [(name, value)])
        let error = #expect(throws: Diagnostic.self) { try Endpoint(of: request) }
        #expect(error?.problem == "a header for https://example.com holds characters that cannot be sent")
    }

    /// Names are checked again once they are resolved.
    @Test(arguments: [
        ("https://example.com", "93.184.216.34", true), ("https://example.com", "169.254.169.254", false),
        ("https://example.com", "fe80::1%2", false), ("https://example.com", "10.0.0.1", true),
        ("http://localhost", "127.0.0.1", true), ("http://localhost", "::1", true),
        ("http://localhost", "192.168.1.1", false), ("http://localhost", "", false),
    ])
    func peers(url: String, peer: String, isPermitted: Bool) throws {
        #expect(try Endpoint(of: HTTPRequest(url: url)).permits(peer: peer) == isPermitted)
    }

    @Test(arguments: [
        ("the key sk-123 is wrong", ["sk-123"], "the key [secret] is wrong"),
        ("abcdef abc", ["abc", "abcdef"], "[secret] [secret]"),
        ("nothing here", ["", "key"], "nothing here"),
        ("sk-123\u{301} and se\u{301}cret", ["sk-123", "s\u{E9}cret"], "[secret]\u{301} and se\u{301}cret"),
    ])
    func striking(text: String, secrets: [String], struck: String) {
        #expect(text.striking(secrets) == struck)
    }

    @Test(arguments: [
        (Duration.seconds(10), "10 s"), (.milliseconds(250), "250 ms"), (.seconds(1), "1 s"),
        (.milliseconds(119_987), "120 s"), (.milliseconds(1500), "1500 ms"),
    ])
    func words(duration: Duration, words: String) { #expect(duration.words == words) }
}
