"""A small OpenID provider on this machine: discovery, keys, authorize, token, userinfo."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Issuer:
    """`claims` is what it will say of whoever comes; tests change it."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.claims = {"sub": "joy-1", "email": "", "email_verified": True}
        self.userinfo_sub = None
        self.asked = []
        self.audience = "hearth-id"
        self.nonce = None

    def answer(self, path, query, form):
        self.asked.append((path, query, form))
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]}
        if path == "/token":
            return {
                "access_token": "key-to-userinfo",
                "token_type": "Bearer",
                "id_token": self.id_token(),
            }
        return {**self.claims, "sub": self.userinfo_sub or self.claims["sub"]}

    def id_token(self):
        now = int(time.time())
        told = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + 300, **self.claims}
        return jwt.encode(told, KEY, algorithm="RS256", headers={"kid": "one"})


@contextmanager
def running():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.reply({})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.reply(parse_qs(body))

        def reply(self, form):
            parts = urlsplit(self.path)
            said = json.dumps(issuer.answer(parts.path, parse_qs(parts.query), form)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
