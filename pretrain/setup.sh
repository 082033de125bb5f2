#!/bin/sh
# A virtual environment in pretrain/.venv with what requirements.txt says; on Linux without a GPU, torch's CPU build
# can be had by setting PIP_EXTRA_INDEX_URL before.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 -r requirements.txt
