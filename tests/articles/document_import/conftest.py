from tests.home.conftest import editor, portals, shared_portals

__all__ = ["editor", "portals", "shared_portals"]
