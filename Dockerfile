# Limber in a container. compose.yaml runs it with PostgreSQL and HTTPS; compose.sqlite.yaml is for a small box.

FROM python:3.11-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements requirements
# What only installs, translates or tests is left behind: nothing of it runs here.
RUN python -m venv .venv \
  && .venv/bin/pip install --require-hashes -r requirements/run.txt \
  && .venv/bin/pip uninstall -y pip setuptools \
  && find .venv -type d -path '*/locale/*' -prune -not -path '*/locale/en*' -exec rm -r {} + \
  && find .venv -type d -name tests -prune -exec rm -r {} +
COPY . .
# Figures and static files are made here, and the bytecode too: the image can be read-only.
RUN SECRET_KEY="only for collecting the static files, and not kept in the image" .venv/bin/python -m config.start --only-static \
  && .venv/bin/python -m compileall -q -x '/(static|build)/' .

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LIMBER_DATA=/data
RUN pip uninstall -y --root-user-action=ignore setuptools wheel pip \
  && groupadd --system --gid 10001 limber \
  && useradd --system --uid 10001 --gid limber limber \
  && install -d -o limber -g limber -m 0700 /data
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD [".venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD [".venv/bin/python", "-m", "config.start", "0.0.0.0:8000"]
