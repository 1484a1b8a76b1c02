# Dialog's server with its web app. Services stand beside it: see docker-compose.yml.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund

FROM packages AS build
COPY tsconfig.base.json ./
COPY shared shared
COPY web web
RUN npx vite build web

FROM node:24-bookworm-slim AS production
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY web/package.json web/
# The server's packages only; the image brings its own Node.
RUN npm ci --omit=dev --workspace=server --workspace=shared --no-audit --no-fund && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DIALOG_DATA=/data
WORKDIR /app
COPY --from=production /app/node_modules node_modules
COPY package.json ./
COPY shared shared
COPY server server
COPY migrations migrations
COPY scripts scripts
COPY --from=build /app/web/dist web/dist
# The folder belongs to the user (1000 is "node") before a volume is put over it: volumes begin with what they cover.
RUN mkdir /data && chown 1000:1000 /data && chmod 700 /data
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Migrations take a lock in the database, so any number of these may start at once.
CMD ["sh", "-c", "node scripts/migrate.ts && exec node --enable-source-maps --max-semi-space-size=16 --external-memory-accounted-in-global-limit server/src/main.ts"]
