# syntax=docker/dockerfile:1
# Stage 1 makes the environment and everything that can be made ahead; stage 2 is what runs.
FROM node:24-bookworm-slim AS node

FROM python:3.11-slim-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /app
COPY bin/launch.py bin/launch.py
COPY requirements.txt requirements.txt
RUN python3 bin/launch.py prepare
COPY . .
RUN bin/serve build

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/oms --create-home oms
COPY --from=build /app /app
WORKDIR /app
ENV OMS_ENV=production \
    OMS_HOME=/var/lib/oms \
    OMS_BIND=0.0.0.0 \
    PORT=8000 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER oms
VOLUME /var/lib/oms
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 CMD ["bin/serve", "health", "web"]
CMD ["bin/serve", "web"]
