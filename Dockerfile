# syntax=docker/dockerfile:1
# What runs is laid out and started by e2e/deploy/image.spec.ts, which reads this file: keep its COPY lines plain.

FROM node:24-slim AS build
WORKDIR /stoa
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci
# .dockerignore lets in only what the image is made of.
COPY . .
RUN npm run db:generate && npm run build

FROM node:24-slim
# Passes signals on as process 1, and reaps what ends.
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
WORKDIR /stoa
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
# The server ends by itself once running answers have ended, instead of at once.
ENV NEXT_MANUAL_SIG_HANDLE=true
# Docker would give it the name of the container, whose address is not that of the health check.
ENV HOSTNAME=0.0.0.0 PORT=3000
# The public address is what the proxy in front, or the browser, says it is.
ENV AUTH_TRUST_HOST=true
# The server with those of its packages that it uses, the prompts and the migrations (next.config.ts).
COPY --from=build /stoa/.next/standalone ./
COPY --from=build /stoa/.next/static ./.next/static
# What applies the migrations before it starts, with the packages that only this needs.
COPY --from=build /stoa/scripts/container.ts ./scripts/
COPY --from=build /stoa/scripts/container ./scripts/container
COPY --from=build /stoa/scripts/database ./scripts/database
COPY --from=build /stoa/node_modules/@prisma/adapter-pg ./node_modules/@prisma/adapter-pg
COPY --from=build /stoa/node_modules/@prisma/debug ./node_modules/@prisma/debug
COPY --from=build /stoa/node_modules/@prisma/driver-adapter-utils ./node_modules/@prisma/driver-adapter-utils
COPY --from=build /stoa/node_modules/@prisma/schema-engine-wasm ./node_modules/@prisma/schema-engine-wasm
# Everything is root's: the server cannot change its own code.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/container/check-health.ts"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "scripts/container.ts"]
