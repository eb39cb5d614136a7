#!/usr/bin/python3
"""A server that has bad days, between a client and a good one.

    flaky.py PORT GOOD-PORT LOG ACTION...

The n-th request that changes something meets the n-th action, those after the last one `good`:
    good      is passed on
    lost      does not arrive: the connection is closed
    silent    arrives, but the answer is lost
    busy      is refused with 503, to be repeated after a second
    broken    is answered with 500 and not passed on
    half      is answered with 502 though it was passed on
    race      somebody else changes the resource just before
    noetag    is passed on; the answer says nothing of the ETag
With `keep` before the actions connections are used again. Every request is written to LOG.
"""

import http.client
import http.server
import sys

PORT, GOOD, LOG = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
actions = sys.argv[4:]
keep = actions[:1] == ["keep"]
actions = actions[keep:]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self, method, body, headers):
        good = http.client.HTTPConnection("127.0.0.1", GOOD, timeout=10)
        good.request(method, self.path, body, headers)
        answer = good.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    def reply(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() in ("etag", "content-type", "retry-after", "www-authenticate"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if not keep:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {k: v for k, v in self.headers.items() if k.lower() != "host"}
        action = "good"
        if self.command in ("PUT", "DELETE") and actions:
            action = actions.pop(0)
        with open(LOG, "a", encoding="utf-8") as log:
            print(self.command, action, file=log)
        if action == "busy":
            return self.reply(503, [("Retry-After", "1")], b"")
        if action == "broken":
            return self.reply(500, [], b"")
        if action == "lost":
            self.close_connection = True
            return None
        if action == "race":
            changed = {k: v for k, v in headers.items() if not k.lower().startswith("if-")}
            moved = body.replace(b"DTSTART:2026", b"DTSTART:2027").replace(b"DTEND:2026", b"DTEND:2027")
            self.forward("PUT", moved, changed)
        status, answer, content = self.forward(self.command, body, headers)
        if action == "silent":
            self.close_connection = True
            return None
        if action == "half":
            return self.reply(502, [], b"")
        if action == "noetag":
            answer = [(k, v) for k, v in answer if k.lower() != "etag"]
        return self.reply(status, answer, content)

    do_GET = do_PUT = do_DELETE = do_PROPFIND = handle_any

    def log_message(self, *arguments):
        pass


http.server.HTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
