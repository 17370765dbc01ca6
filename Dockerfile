# Limber in a container: `docker build -t limber . && docker run -p 8000:8000 -e LIMBER_HOSTS=… -v limber:/data limber`

FROM python:3.11-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements requirements
RUN python -m venv .venv && .venv/bin/pip install --require-hashes -r requirements/run.txt && .venv/bin/pip uninstall -y pip setuptools
COPY . .
RUN SECRET_KEY="only for collecting the static files, and not kept in the image" .venv/bin/python -m config.start --only-static

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LIMBER_DATA=/data
RUN useradd --system --uid 10001 limber && install -d -o limber -g limber -m 0700 /data
COPY --from=build /app /app
WORKDIR /app
USER limber
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD [".venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD [".venv/bin/python", "-m", "config.start", "0.0.0.0:8000"]
