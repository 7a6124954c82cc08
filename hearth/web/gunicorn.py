"""How gunicorn runs Hearth: sync workers have the best tails of all we measured."""

timeout = 60
graceful_timeout = 30
accesslog = None
loglevel = "warning"
preload_app = True
