"""``python -m stadtamt.conf.commandline``: how one command starts another one as its child."""

import sys

from stadtamt.conf.commandline import main

if __name__ == "__main__":
    sys.exit(main())
