from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Every static file under a name that holds its hash, so a browser may keep it for good.

    JavaScript modules import each other by these names too: without that, an old module could
    stay in a browser beside a new one.
    """

    support_js_module_import_aggregation = True
