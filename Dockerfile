# The image of docker-compose.yml. The tests do not build it: developing GoodGraph needs no container engine.
FROM node:26-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src src
RUN npm run build

FROM node:26-trixie-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The packages that bring a Node along are for machines with an old one; here they would be 200 MB of nothing.
RUN npm ci --omit=dev && npm cache clean --force && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY examples examples
COPY schema schema
COPY seeds seeds
COPY --from=build /app/dist dist
USER node
EXPOSE 4000
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=100", "dist/main.js", "start"]
