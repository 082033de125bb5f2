#!/bin/sh
# sh pretrain/quickstart.sh /path/to/speech [minutes]
# Makes a model of the page from a folder of audio: packs it, trains a small WaveGrad for a minute, exports the result.
set -eu
speech=$(realpath "$1")
cd "$(dirname "$0")"
python=.venv/bin/python
$python data.py "$speech" data/quickstart
$python train.py runs/quickstart --data data/quickstart --config configs/small.json --minutes "${2:-1}" --warmup 30
$python export.py runs/quickstart ../public/models/wavegrad-quickstart --data "$(basename "$speech")" --notes "A quick start."
echo "npm start: the page has it under Models, quickstart."
