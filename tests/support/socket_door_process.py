"""An app behind a socket, in a process of its own, so that what it takes can be measured.

`… <database url> <address of the socket>`; it ends when its input does.
"""

import logging
import sys

from tests.support.socket_door import connected


def main() -> None:
    logging.disable(logging.CRITICAL)
    with connected(sys.argv[1], sys.argv[2], slack_api_url="http://127.0.0.1:9/api/"):
        sys.stdin.read()


if __name__ == "__main__":
    main()
