"""Starts a command and writes what it used: ``launcher.py ANSWER COMMAND…``.

The kernel's peak memory of a process begins with that of the process which started it,
so the one that starts must be smaller than all that is measured. Imports nothing else.
"""

import json
import os
import sys


def main() -> int:
    answer, *command = sys.argv[1:]
    process = os.posix_spawnp(command[0], command, os.environ)
    _process, status, used = os.wait4(process, 0)
    data = {
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
    }
    with open(answer, "w", encoding="ascii") as file:
        json.dump(data, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
