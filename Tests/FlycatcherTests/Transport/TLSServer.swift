// A server whose certificate nobody knows.

import Foundation

/// Answers each request over TLS, in a process of its own.
final class TLSServer {
    struct Unavailable: Error {}

    let port: Int
    let certificateFile: String
    private let process = Process()
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("flycatcher-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificateFile = folder.appendingPathComponent("certificate.pem").path
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.program, folder.path]
        process.standardOutput = output
        try process.run()
        let line = output.fileHandleForReading.availableData
        guard let text = String(data: line, encoding: .utf8), let port = Int(text.dropLast()) else {
            throw Unavailable()
        }
        self.port = port
    }

    func stop() {
        // Not `terminate`: children inherit a mask that may keep that signal away.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // What is left in the temporary folder is the system's to clear.
        try? FileManager.default.removeItem(at: folder)
    }

    private static let program = """
        import http.server, ssl, subprocess, sys
        key, certificate = sys.argv[1] + "/key.pem", sys.argv[1] + "/certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
            certificate, "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
            check=True, stderr=subprocess.DEVNULL)
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")
            def log_message(self, *arguments): pass
        server = http.server.HTTPServer(("localhost", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        """
}
