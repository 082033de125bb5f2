#!/bin/sh
# Makes a virtual environment in pretrain/.venv with the packages of requirements.txt. On Linux without a GPU, set
# PIP_EXTRA_INDEX_URL to torch's index for its smaller CPU build first.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 -r requirements.txt
