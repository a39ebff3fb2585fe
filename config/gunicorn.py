"""How gunicorn serves the site, whoever starts it: `gunicorn --config python:config.gunicorn config.wsgi`."""

import gc


def post_worker_init(worker) -> None:
    """Leave what start-up loaded out of the garbage collector, which walked it again at every few searches."""
    gc.collect()
    gc.freeze()
