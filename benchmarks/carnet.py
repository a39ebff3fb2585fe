"""Requests per second of the progress endpoint, as `make start` serves it: `python benchmarks/carnet.py [SECONDS]`.

A site of its own in a temporary folder, two gunicorn workers of four threads, SQLite; clients of one process that keep
their connection. `lecture` asks with nothing new (one query), `marque` brings one new mark each time (a write).
« CPU » is the processor time that the server spends on a request: unlike the rest, it hardly depends on what else the
machine does (Linux only).
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Each client counts for an address of its own: the brake on requests is not what is measured.
PAGES = [str(uuid.UUID(int=rank, version=4)) for rank in range(52)]


def post(connection: http.client.HTTPConnection, action: str, body: dict, client: int) -> tuple[int, dict]:
    """Ask as a device does; status and answer."""
    headers = {"Content-Type": "application/json", "X-Forwarded-For": f"192.0.2.{client}.{random.random()}"}  # noqa: S311
    connection.request("POST", f"/parcours/carnet/{action}/", json.dumps(body), headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def processor_time(pid: int) -> float:
    """Milliseconds that a process and its children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = 0
    for process in (str(pid), *children):
        ticks += sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def run(port: int, clients: int, seconds: float, news: bool) -> tuple[float, list[float]]:
    """Requests per second of so many devices, each with its own notebook of 52 pages, and milliseconds of each."""
    durations: list[float] = []
    now = time.time_ns() // 1_000_000

    def device(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        notebook = {page: [now - 10**9, 0, 0, 0] for page in PAGES}
        status, answer = post(connection, "code", {"progres": notebook}, number)
        assert status == 201, answer  # noqa: S101
        ready.wait()
        tick = 0
        while time.perf_counter() < end[0]:
            tick += 1
            if news:
                notebook[PAGES[tick % len(PAGES)]] = [now - 10**9 + tick, 0, 0, 0]
            start = time.perf_counter()
            status, said = post(connection, "reprendre", {"code": answer["code"], "progres": notebook}, number)
            durations.append((time.perf_counter() - start) * 1000)
            assert status == 200, said  # noqa: S101

    end = [float("inf")]
    ready = threading.Barrier(clients + 1)
    threads = [threading.Thread(target=device, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    end[0] = time.perf_counter() + 60
    ready.wait()
    start = time.perf_counter()
    end[0] = start + seconds
    for thread in threads:
        thread.join()
    return len(durations) / (time.perf_counter() - start), sorted(durations)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="mesures-") as var, socket.socket() as probe:
        environment = os.environ | {
            "VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "mesures",
            "ALLOWED_HOSTS": "127.0.0.1",
        }  # fmt: skip
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
             "--threads", "4", "--log-level", "error"],
            cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            for _ in range(300):
                with socket.socket() as attempt:
                    if not attempt.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.1)
            run(port, 2, 2, news=False)
            print(f"{'':>8} {'appareils':>9} {'par s':>7} {'p50 ms':>7} {'p95 ms':>7} {'CPU ms':>7}")
            for news in (False, True):
                for clients in (1, 8):
                    before = processor_time(server.pid)
                    rate, durations = run(port, clients, seconds, news)
                    used = (processor_time(server.pid) - before) / len(durations)
                    p95 = durations[int(len(durations) * 0.95)]
                    name, p50 = "marque" if news else "lecture", statistics.median(durations)
                    print(f"{name:>8} {clients:>9} {rate:>7.0f} {p50:>7.1f} {p95:>7.1f} {used:>7.1f}", flush=True)
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
