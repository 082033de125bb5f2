import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import { syntheticVoice } from '../../../dsp/testing/synthetic-voice.ts'
import first from '../../fixtures/producers-1.fixture.safetensors?url&inline'
import second from '../../fixtures/producers-2.fixture.safetensors?url&inline'
import third from '../../fixtures/producers-3.fixture.safetensors?url&inline'
import { writeNpy } from '../../npy/npy-writer.ts'
import { readSafetensors, type SafeTensor } from '../../safetensors/safetensors.ts'
import { meanDifference, open, textFile } from '../../testing/opened-mel.ts'
import { producerConfigs } from '../../testing/producer-configs.ts'

/** Mels of the synthetic voice as each producer computes them, by librosa: pretrain/fixtures/producers.py. */
const stored = new Map<string, SafeTensor>()
for (const url of [first, second, third]) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  for (const [id, tensor] of readSafetensors(bytes, 'fixture')) stored.set(id, tensor)
}
const { bands } = hifiGanConvention
const native = melSpectrogram(Float32Array.from(syntheticVoice({ samples: 13_230 })), hifiGanConvention)

function fileOf(id: string) {
  const tensor = stored.get(id)
  if (!tensor) throw new Error(`no fixture of ${id}`)
  return writeNpy(Float32Array.from(tensor.values), tensor.shape)
}

const openWithConfig = (id: string) => {
  const config = producerConfigs[id]
  return open(fileOf(id), config === undefined ? {} : { producerFiles: [textFile('config', config)] })
}

/** Level of the energy of one mel above another, in dB, and their mean difference where both are above the floor. */
function compared(values: Float32Array) {
  const length = Math.min(values.length, native.values.length)
  const [one, other] = [values.subarray(0, length), native.values.subarray(0, length)]
  const energy = (array: Float32Array) => array.reduce((sum, value) => sum + Math.exp(2 * value), 0)
  return { levelDb: 10 * Math.log10(energy(one) / energy(other)), error: meanDifference(one, other) }
}

// A shift by half a hop makes a mean error of .35 nats. Mels by librosa's power_to_db(ref=max) have lost their level.
test.each([...stored.keys()].filter((id) => id !== 'librosa'))(
  'a mel of %s has the level and the shape of the native one',
  async (id) => {
    const { mel, report } = await openWithConfig(id)
    expect(report.question).toBeUndefined()
    if (!mel) throw new Error('no mel')
    expect(Math.abs(mel.frames - native.frames)).toBeLessThanOrEqual(2)
    const { levelDb, error } = compared(mel.values)
    expect(Math.abs(levelDb)).toBeLessThan(0.6)
    expect(error).toBeLessThan(0.5)
    expect(mel.bands).toBe(bands)
  },
)

test("librosa's decibels relative to the loudest value have the shape of the native mel, and a level of speech", async () => {
  const { mel, report } = await openWithConfig('librosa')
  expect(report.recognisedAs).toContain('decibels of power')
  expect(report.assumed.join(' ')).toContain('the level of the recording is lost')
  if (!mel) throw new Error('no mel')
  const lostNepers = (compared(mel.values).levelDb * Math.LN10) / 20
  expect(compared(mel.values.map((value) => value - lostNepers)).error).toBeLessThan(0.8)
  expect(report.warnings).toEqual([])
})

test.each([
  ['vocos', 'Vocos'],
  ['bigvgan', 'BigVGAN'],
  ['diffsinger', 'DiffSinger'],
  ['whisper', 'Whisper'],
  ['styletts', 'StyleTTS'],
  ['lmnt', 'lmnt'],
  ['autovc', 'AutoVC'],
  ['torchaudio', 'torchaudio'],
  ['torchaudio-linear', 'torchaudio'],
  ['sv2tts', 'SV2TTS'],
  ['espnet', 'ESPnet'],
])('without a configuration, %s is one of the two likeliest readings', async (id, name) => {
  const { report } = await open(fileOf(id))
  const named = [report.recognisedAs, ...(report.candidates ?? []).map((candidate) => candidate.name)]
  expect(named.join()).toContain(name)
})
