# syntax=docker/dockerfile:1
# One image for `serve` and `worker`. Debian's slim variant: the embedded ClickHouse (chdb) and argon2 need glibc.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node scripts/build-web.mjs && test -f web/dist/index.html

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Without the embedded ClickHouse (550 MB), as an image runs with a ClickHouse server, and without the Node of the package
# (190 MB), as it runs on the image's own. Other optional packages are the prebuilt parts of sharp and argon2 and stay.
RUN npm ci --omit=dev && rm -rf node_modules/chdb node_modules/@chdb node_modules/node node_modules/.bin/node && npm cache clean --force

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 WORKER_PORT=3001 OFS_DATA_DIR=/data OFS_SEED_DEMO=false
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/web/dist ./web/dist
COPY package.json ./
COPY contract ./contract
COPY engine ./engine
COPY migrations ./migrations
COPY scripts ./scripts
COPY server ./server
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 3001
# A worker answers on its own port: whichever of the two is there must be ready.
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
  CMD ["node", "-e", "Promise.any([process.env.PORT, process.env.WORKER_PORT].map((port) => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => { if (!answer.ok) throw new Error() }))).then(() => process.exit(0), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--no-warnings", "server/main.ts"]
CMD ["serve", "--api-only"]
