# Two stages: the first makes /app from hashed wheels alone, the second holds nothing but /app.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements requirements
RUN python -m venv /build && /build/bin/pip install --require-hashes -r requirements/build.txt
RUN python -m venv --without-pip /app && /build/bin/pip --python /app/bin/python install --only-binary :all: --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheel .
RUN /build/bin/pip --python /app/bin/python install --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data cairn && install -d -o cairn -g cairn -m 700 /data
COPY --from=build /app /app
ENV PATH="/app/bin:$PATH" PYTHONUNBUFFERED=1 CAIRN_DATA=/data
WORKDIR /data
USER cairn
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["cairn", "doctor", "--alive"]
ENTRYPOINT ["cairn"]
CMD ["run"]
