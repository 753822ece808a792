"""Goals of small documents in many notations: right, wrong, circular, skipped, in words."""

import json
import os
from pathlib import Path

import pytest

from derivations import goals as module
from derivations.argument import words
from derivations.argument.alike import alike, without_common_terms
from derivations.notation import read

