import { expect, test } from 'vitest'
import { modelConvention as target } from '../../dsp/testing/model-convention.ts'
import { lostInformation } from './lost-information.ts'

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
