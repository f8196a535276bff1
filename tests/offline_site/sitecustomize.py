"""Python runs this file at start when its folder is on PYTHONPATH: child processes of the tests stay on this machine."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.network import refuse_outside

sys.path.pop(0)
sys.addaudithook(refuse_outside)
