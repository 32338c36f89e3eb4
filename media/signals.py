"""What others may want to know about the media library."""

from django.dispatch import Signal

# Provides ``kind`` ("image" or "document") and ``pk``. Sent in the transaction of the
# change, and once more when the renditions of a new picture are there.
media_changed = Signal()
