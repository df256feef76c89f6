import Synchronization

#if canImport(Glibc)
    import Glibc
    private let stream = Int32(SOCK_STREAM.rawValue)
#else
    import Darwin
    private let stream = SOCK_STREAM
#endif
import Foundation

/// A server that writes exact bytes, however wrong they are, and keeps what it was sent.
///
/// Each connection plays one script; the last script is played again for further ones.
final class WireServer: Sendable {
    enum Step: Sendable {
        case send(String)
        /// Says nothing more until the client goes away.
        case hold
        /// A byte every 20 ms until the client goes away.
        case drip
    }

    let port: UInt16
    private let listener: Int32
    private let scripts: [[Step]]
    private let seen = Mutex<[String]>([])
    private let left = Mutex<[CheckedContinuation<Void, Never>]>([])
    private let departures = Mutex(0)

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [String] { seen.withLock { $0 } }

    init(_ scripts: [Step]...) throws {
        self.scripts = scripts
        (listener, port) = Self.listen()
        guard port != 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [self] in serve() }
    }

    private static func listen() -> (listener: Int32, port: UInt16) {
        let listener = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                bind(listener, name, length) == 0 && Foundation.listen(listener, 16) == 0
                    && getsockname(listener, name, &length) == 0
            }
        }
        return (listener, isBound ? address.sin_port.bigEndian : 0)
    }

    /// Stops listening; a held connection ends when its client does.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Waits until a client has left a held connection.
    func clientLeft() async {
        await withCheckedContinuation { continuation in
            let isOver = departures.withLock { count in
                if count == 0 { left.withLock { $0.append(continuation) } }
                return count > 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func serve() {
        var count = 0
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            let script = scripts[min(count, scripts.count - 1)]
            count += 1
            Thread.detachNewThread { [self] in play(script, connection) }
        }
        close(listener)
    }

    private func play(_ script: [Step], _ connection: Int32) {
        defer { close(connection) }
        let request = readRequest(connection)
        seen.withLock { $0.append(request) }
        for step in script {
            switch step {
            case .send(let text): write(text, to: connection)
            case .drip: while write(".", to: connection) { usleep(20_000) }
            case .hold:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
                noteDeparture()
            }
        }
    }

    @discardableResult
    private func write(_ text: String, to connection: Int32) -> Bool {
        let noSignal: Int32 = 0x4000
        return Array(text.utf8).withUnsafeBytes { send(connection, $0.baseAddress, $0.count, noSignal) } == text.utf8.count
    }

    private func noteDeparture() {
        departures.withLock { count in
            count += 1
            left.withLock { waiting in
                waiting.forEach { $0.resume() }
                waiting = []
            }
        }
    }

    private func readRequest(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let length = text.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &piece, piece.count, 0)
            if count <= 0 { return text }
            bytes += piece[..<count]
        }
    }
}
