/**
 * However a file was damaged, its reader returns a result or throws a `ProblemError`, and trusts no size beyond the
 * file.
 */

import { ProblemError } from '../base/problem.ts'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
import { decodeAiff } from './aiff/aiff-reader.ts'
import { probeContainer } from './audio-containers/probe.ts'
import aiffFiles from './fixtures/aiff-files.fixture.json'
import audioFiles from './fixtures/audio-files.fixture.json'
import numpyFiles from './fixtures/numpy-files.fixture.json'
import wavFiles from './fixtures/wav-files.fixture.json'
import { identify } from './identify.ts'
import { readArk } from './kaldi/ark-reader.ts'
import { readJsonMels } from './mel/formats/json-mel.ts'
import { readTable } from './mel/formats/table-mel.ts'
import { openMelFile } from './mel/open-mel.ts'
import { readProducerConfig } from './mel/producers/producer-config.ts'
import { readNpy } from './npy/npy-reader.ts'
import { writeNpy } from './npy/npy-writer.ts'
import { readNpz } from './npy/npz-reader.ts'
import { readSafetensors } from './safetensors/safetensors.ts'
import { arkFile } from './testing/ark-file.ts'
import { fixtureBytes } from './testing/fixture-bytes.ts'
import { fuzzReader } from './testing/fuzz-reader.ts'
import { safetensorsFile } from './testing/safetensors-file.ts'
import { zipFile } from './testing/zip-file.ts'
import { decodeWav } from './wav/wav-reader.ts'

type Bytes = Uint8Array<ArrayBuffer>

const values = Float32Array.from({ length: 240 }, (_, i) => -11.5 + (i % 12))
const npy = writeNpy(values, [80, 3])
const encode = (text: string) => new TextEncoder().encode(text)

const numbers = new Uint8Array(values.buffer)
const safetensors = safetensorsFile(
  {
    __metadata__: { format: 'pt' },
    f0: { dtype: 'F16', shape: [2], data_offsets: [960, 964] },
    mel: { dtype: 'F32', shape: [80, 3], data_offsets: [0, 960] },
  },
  Uint8Array.of(...numbers, 0, 0, 0, 0),
)
const openMel = (bytes: Bytes) => openMelFile({ name: 'mel', bytes, target: convention })

/** An unknown container is left to the browser, which is no error; here it counts as a refusal. */
function readHeaders(bytes: Bytes) {
  const container = probeContainer(bytes)
  if (!container) throw new ProblemError({ code: 'unknown', message: 'This container is not known.' })
}

const formats: [name: string, files: Bytes[], readers: ((bytes: Bytes) => unknown)[]][] = [
  [
    'npy',
    [npy, fixtureBytes(numpyFiles['big-endian fortran']), fixtureBytes(numpyFiles.objects)],
    [(bytes) => readNpy(bytes, 'mel.npy'), openMel],
  ],
  [
    'npz',
    [
      zipFile({ 'mel.npy': npy, 'f0.npy': npy }),
      zipFile({ 'a.npy': npy }, 0),
      fixtureBytes(numpyFiles['compressed npz']),
    ],
    [(bytes) => readNpz(bytes, 'mel.npz').map(({ read }) => read()), openMel],
  ],
  [
    'safetensors',
    [safetensors],
    [
      (bytes) => [...readSafetensors(bytes, 'mel.safetensors').values()].map((tensor) => tensor.values),
      openMel,
    ],
  ],
  [
    'json',
    [
      encode(JSON.stringify({ rate: 22050, 'm"el': [[[...values.subarray(0, 80)]]] })),
      encode(JSON.stringify([[...values.subarray(0, 80)], [...values.subarray(80, 160)]])),
    ],
    [(bytes) => readJsonMels(bytes, 'mel.json').map(({ read }) => read()), openMel],
  ],
  [
    'table',
    [
      encode(`# mel\n${'-11.5,-4.25e-1,0.5\n'.repeat(60)}`),
      encode(`,0,1,2\n${'7,-1.5,2,3\n'.repeat(60)}`),
      encode('-1.25e+00 -5 nan\n'.repeat(60)),
    ],
    [(bytes) => readTable(bytes, 'mel.csv'), openMel],
  ],
  [
    'ark',
    [arkFile({ a: [3, 80], b: [2, 80] }), arkFile({ c: [3, 80] }, 'DM')],
    [(bytes) => readArk(bytes, 'feats.ark').map(({ read }) => read()), openMel],
  ],
  [
    'pickle',
    [numpyFiles['pickle 0'], numpyFiles['pickle 4'], numpyFiles.torch, numpyFiles['old torch']].map(
      fixtureBytes,
    ),
    [(bytes) => identify(bytes, 'mel.pt'), openMel],
  ],
  [
    'wav',
    [
      wavFiles['WAV PCM_16'],
      wavFiles['WAVEX PCM_24'],
      wavFiles['RF64 FLOAT'],
      wavFiles['WAV DOUBLE'],
      wavFiles['a-law'],
    ].map(fixtureBytes),
    [(bytes) => decodeWav(bytes, 'a.wav'), (bytes) => identify(bytes, 'a.wav')],
  ],
  [
    'aiff',
    [aiffFiles.PCM_24, aiffFiles.PCM_S8, aiffFiles.DOUBLE, aiffFiles.ULAW].map(fixtureBytes),
    [(bytes) => decodeAiff(bytes, 'a.aiff'), (bytes) => identify(bytes, 'a.aiff')],
  ],
  [
    'compressed audio',
    [audioFiles['sine.mp3'], audioFiles['sine.flac'], audioFiles['vorbis.ogg'], audioFiles['sine.m4a']].map(
      fixtureBytes,
    ),
    [readHeaders],
  ],
  [
    'configuration',
    [
      encode('{"audio": {"num_mels": 80, "fmax": 8e3, "mean": [1, 2], "htk": false, "log": "ln"}}'),
      encode('# mel\nmel:\n  fmin: 80 # Hz\n  sampling_rate: 24k\n  norm: "slaney"\n  mean: [1, 2]\n'),
    ],
    [(bytes) => readProducerConfig(new TextDecoder().decode(bytes))],
  ],
]

for (const [format, files, readers] of formats)
  fuzzReader({ format, files, readers, isRefused: format === 'pickle' })
