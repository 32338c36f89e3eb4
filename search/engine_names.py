"""The engines by name, and the receiver of the outbox that each of them is.

Apart, because it is read at every start of a command: the engines themselves take half a
second to load.
"""

EMBEDDED = "embedded"
ELASTICSEARCH = "elasticsearch"
RECEIVERS = {EMBEDDED: "search", ELASTICSEARCH: "search-elasticsearch"}
