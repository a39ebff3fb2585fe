"""A proxy that makes OpenSearch pass for Elasticsearch, and that may stop answering."""

from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Mandataire:
    """Between a client and one node, on a free loopback port.

    The client of Elasticsearch names its own media types, which OpenSearch does not know, and refuses a server that
    does not say that it is Elasticsearch: both are settled here, bodies pass untouched.
    """

    def __init__(self, noeud: str) -> None:
        hote, _, port = noeud.partition(":")
        mandataire = self

        class Relais(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def relayer(self) -> None:
                corps = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                mandataire.vues.append((self.command, self.path, self.headers.get("Content-Type", "")))
                if mandataire.en_panne:
                    self.close_connection = True
                    return
                ndjson = "ndjson" in self.headers.get("Content-Type", "")
                entetes = {"Content-Type": "application/x-ndjson" if ndjson else "application/json"} if corps else {}
                vers = HTTPConnection(hote, int(port), timeout=30)
                try:
                    vers.request(self.command, self.path, corps, entetes)
                    reponse = vers.getresponse()
                    recu = reponse.read()
                finally:
                    vers.close()
                self.send_response(reponse.status)
                self.send_header("Content-Type", reponse.getheader("Content-Type", "application/json"))
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(recu)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(recu)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = relayer  # noqa: N815

            def log_message(self, *args) -> None:
                pass

        self.vues: list[tuple[str, str, str]] = []
        self.en_panne = False
        self._serveur = ThreadingHTTPServer(("127.0.0.1", 0), Relais)
        self._serveur.daemon_threads = True
        self.place = f"127.0.0.1:{self._serveur.server_port}"
        Thread(target=self._serveur.serve_forever, daemon=True).start()

    def fermer(self) -> None:
        self._serveur.shutdown()
        self._serveur.server_close()
