"""What others may want to know about the media library."""

from django.dispatch import Signal

# Provides ``instance``, the picture. Its renditions come after the commit of the upload,
# so a page that was rendered in between shows nothing in its place. Sent in the
# transaction that stores them; saves and deletions have Django's own signals.
renditions_made = Signal()
