"""A door in a process of its own, so that what it takes can be measured: `… <database url>`.

It says its port, and ends when its input does.
"""

import logging
import sys

from tests.support.door import door


def main() -> None:
    logging.disable(logging.CRITICAL)
    with door(sys.argv[1], slack_api_url="http://127.0.0.1:9/api/") as opened:
        sys.stdout.write(f"{opened.port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
