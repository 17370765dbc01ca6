"""How gunicorn serves Limber. `LIMBER_BIND` says where, `LIMBER_WORKERS` how many processes (default: one a core)."""

import os
import sys

bind = os.environ.get("LIMBER_BIND", "127.0.0.1:8000")
wsgi_app = "benchmarks.floor" if os.environ.get("LIMBER_BENCH") else "config.wsgi"

worker_class = "config.worker.PatientWorker"  # threads, which slow clients cannot hold
workers = int(os.environ.get("LIMBER_WORKERS") or len(os.sched_getaffinity(0)))
threads = 4
preload_app = True  # one start for all workers, and memory they share
backlog = 64  # a longer queue only makes people wait for an answer they no longer want

max_requests = (
    5000  # a worker that leaks is renewed before it matters; the jitter keeps two from going at once
)
max_requests_jitter = 500
timeout = 30  # seconds
graceful_timeout = 20  # seconds that a request may still take when the server is told to stop
keepalive = 5  # seconds

control_socket_disable = True  # no socket that others on this machine could write to
if os.access("/dev/shm", os.W_OK):  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108  a worker's sign of life must not wait for a busy disk

accesslog = None  # addresses tell what people do here; a proxy that needs them can log them
errorlog = "-"
loglevel = "warning"


def when_ready(server: object) -> None:
    """Say where Limber is, once it really is there."""
    if ready := os.environ.get("LIMBER_READY"):
        sys.stdout.write(f"{ready}\n")
        sys.stdout.flush()
