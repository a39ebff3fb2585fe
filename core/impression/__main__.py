"""The subprocess: data on its standard input, the PDF on its standard output."""

import sys
from pathlib import Path

from core.impression.mise_en_page import composer

sys.stdout.buffer.write(composer(Path(sys.argv[1]), sys.stdin.buffer.read(), int(sys.argv[2])))
