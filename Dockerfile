FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY nlp nlp
COPY shop shop
COPY storage storage
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres,wechaty]'

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 tuanbot && mkdir /data && chown tuanbot /data
COPY --from=build /venv /venv
WORKDIR /app
COPY config.yaml ./
COPY examples examples
ENV PATH=/venv/bin:$PATH TUANBOT_DATA=/data TUANBOT_WEB__HOST=0.0.0.0
USER tuanbot
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=3)"
CMD ["tuanbot", "run"]
