/** Whatever is done to a file, its reader answers with a result or a `ProblemError`, and believes no size beyond the file. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProblemError } from '../base/problem.ts'
import { modelConvention as convention } from '../dsp/testing/model-convention.ts'
import numpyFiles from './fixtures/numpy-files.fixture.json'
import wavFiles from './fixtures/wav-files.fixture.json'
import { identify } from './identify.ts'
import { readJsonMels } from './mel/json-mel.ts'
import { openMelFile } from './mel/open-mel.ts'
import { readProducerConfig } from './mel/producer-config.ts'
import { readNpy } from './npy/npy-reader.ts'
import { writeNpy } from './npy/npy-writer.ts'
import { readNpz } from './npy/npz-reader.ts'
import { readSafetensors } from './safetensors/safetensors.ts'
import { allocatedBytes } from './testing/allocated-bytes.ts'
import { fixtureBytes } from './testing/fixture-bytes.ts'
import { damaged } from './testing/mutations.ts'
import { safetensorsFile } from './testing/safetensors-file.ts'
import { zipFile } from './testing/zip-file.ts'
import { decodeWav } from './wav/wav-reader.ts'

type Bytes = Uint8Array<ArrayBuffer>

const mutations = 2000
/** The files have a few kilobytes; damaged size fields claim up to 4 GiB. */
const maxAllocatedBytes = 2 ** 20
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
    'configuration',
    [
      encode('{"audio": {"num_mels": 80, "fmax": 8e3, "mean": [1, 2], "htk": false, "log": "ln"}}'),
      encode('# mel\nmel:\n  fmin: 80 # Hz\n  sampling_rate: 24k\n  norm: "slaney"\n  mean: [1, 2]\n'),
    ],
    [(bytes) => readProducerConfig(new TextDecoder().decode(bytes))],
  ],
]

test.each(formats)(`${mutations} damaged files: %s`, { timeout: 60_000 }, (name, files, readers) => {
  const outcomes = { read: 0, refused: 0 }
  const readsOrRefuses = (bytes: Bytes) => {
    for (const read of readers) {
      const allocated = allocatedBytes(() => {
        try {
          read(bytes)
          outcomes.read++
        } catch (thrown) {
          if (!(thrown instanceof ProblemError)) throw thrown
          outcomes.refused++
        }
      })
      expect(allocated).toBeLessThan(maxAllocatedBytes)
    }
  }
  fc.assert(fc.property(damaged(files), readsOrRefuses), { numRuns: mutations, seed: 20_201_130 })
  // Both outcomes must occur; otherwise the damage is too light or too heavy to test anything.
  expect(outcomes.refused).toBeGreaterThan(mutations / 20)
  if (name !== 'pickle') expect(outcomes.read).toBeGreaterThan(mutations / 50)
})

test.each(formats)('the files are readable before they are damaged: %s', (name, files, readers) => {
  const isReadable = (bytes: Bytes) => {
    try {
      readers[0](bytes)
      return true
    } catch {
      return false
    }
  }
  expect(files.some(isReadable)).toBe(name !== 'pickle')
})
