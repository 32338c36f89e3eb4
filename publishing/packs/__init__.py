"""Offline packs: a portal on a stick or a kiosk, as one folder or one zip file.

``building`` makes one, out of the files that an export of the channel ``pack`` has;
``pages`` are the two pages that only a pack has; ``places`` is where it is written.
"""
