"""How static files are named once collected: by their content, so that a browser may keep them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What Django calls `support_js_module_import_aggregation`, for our own modules only: those of Wagtail need no change.
_MODULES = HashedFilesMixin._js_module_import_aggregation_patterns[1]


class FichiersStatiques(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, whose ES modules name one another by their hashed names too."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", _MODULES))
