import { expect, test } from 'vitest'
import { hifiGanConvention as target } from '../../../dsp/mel/hifi-gan-convention.ts'
import { cutOffText, lostInformation } from './lost-information.ts'

test.each([
  ['the same analysis', {}, []],
  [
    'telephone speech',
    { sampleRateHz: 8000, fftSize: 512, windowSamples: 372, highHz: 4000 },
    [/above 4000 Hz.*dull/],
  ],
  [
    'bands that end beyond half the rate',
    { sampleRateHz: 8000, windowSamples: 372, highHz: 8000 },
    [/above 4000 Hz/],
  ],
  ['bands to 7,600 Hz', { highHz: 7600 }, []],
  ['bands from 80 Hz', { lowHz: 80 }, [/below 80 Hz.*assumed/]],
  ['bands from 20 Hz', { lowHz: 20 }, []],
  ['Whisper', { sampleRateHz: 16_000, fftSize: 400, windowSamples: 400 }, [/25 ms .* 46 ms .*rough/]],
  ['24 kHz', { sampleRateHz: 24_000 }, []],
  ['SpeechT5', { sampleRateHz: 16_000, lowHz: 80 }, [/below 80 Hz/, /64 ms .* 46 ms .*soft/]],
] as const)('%s', (_, changes, sentences) => {
  const lost = lostInformation({ ...target, ...changes }, target)
  expect(lost).toHaveLength(sentences.length)
  for (const [index, sentence] of sentences.entries()) expect(lost[index]).toMatch(sentence)
})

test.each([
  ['many values at a high floor', -6, 30, [/^30 % of its values are cut off at its lowest level/]],
  ['many values at the floor of the model', Math.log(1e-5), 30, []],
  ['one value that is the lowest', -6, 1, []],
] as const)('%s', (_, floor, share, sentences) => {
  const values = Float32Array.from({ length: 8000 }, (_, i) =>
    i % 100 < share ? floor : floor + 1 + (i % 7),
  )
  const text = cutOffText({ frames: 100, bands: 80, values }, target)
  expect(text).toHaveLength(sentences.length)
  for (const [index, sentence] of sentences.entries()) expect(text[index]).toMatch(sentence)
})
