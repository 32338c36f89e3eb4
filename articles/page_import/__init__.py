"""An old website's saved pages become articles (``manage.py import_pages``).

``table`` reads the list, ``saved_page`` and ``bodies`` read a page, ``files`` finds its
pictures and attachments, ``planning`` checks everything against the portal before
``writing`` writes all of it in one transaction.
"""
