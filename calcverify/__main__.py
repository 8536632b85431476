"""``python -m calcverify``: the command line."""

import sys

from calcverify.cli import main

sys.exit(main())
