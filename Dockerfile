# One image for every service; the command says which. Built from source: nothing but Docker is needed.

FROM maven:3.9-eclipse-temurin-25 AS build
# The build runs a PostgreSQL, from whose tables it generates code, and root may not run one.
RUN useradd --create-home --uid 10001 builder && install -d -o builder /build /maven
USER builder
WORKDIR /build
COPY --chown=builder . .
RUN --mount=type=cache,target=/maven,uid=10001 \
    mvn -B -ntp -Dmaven.repo.local=/maven -Dmaven.test.skip=true -Dspotless.check.skip=true -pl standalone -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 quadrille
COPY --from=build /build/standalone/target/app /quadrille
USER quadrille
ENV METRICS_PORT=9090
EXPOSE 8080 8081 8082 9090
HEALTHCHECK --interval=5s --timeout=4s --start-period=180s --start-interval=1s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--show-error", "--max-time", "3", "http://127.0.0.1:9090/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", "-cp", "/quadrille/*", "dev.quadrille.standalone.Quadrille"]
