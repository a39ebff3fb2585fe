#!/bin/sh
# Called by `make start`: prepare the embedded site, then serve it. Safe to run again.
set -eu
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-config.settings.base}"
VAR="${VAR_DIR:-var}"
$PYTHON manage.py migrate --verbosity=0
$PYTHON manage.py charger_contenu
$PYTHON manage.py indexer
$PYTHON manage.py preparer_emporter --adresse "http://localhost:$PORT"
$PYTHON manage.py collectstatic --noinput --verbosity=0
cat <<TXT

  Le site est prêt : http://localhost:$PORT/
  L'administration : http://localhost:$PORT/admin/
  Créer un compte administrateur : $PYTHON manage.py createsuperuser
  Les courriels envoyés sont écrits dans : $VAR/courriels/
  Arrêter : Ctrl+C

TXT
exec $PYTHON -m gunicorn --config python:config.gunicorn config.wsgi --bind "0.0.0.0:$PORT" --workers 2 --threads 4 --limit-request-line 8190 --no-control-socket --access-logfile /dev/null
