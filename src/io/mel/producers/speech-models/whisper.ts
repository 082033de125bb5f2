/** Whisper (OpenAI; Hugging Face's preprocessor_config.json): log10 of power, clipped 8 below its maximum, (x + 4) / 4. */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { log10, normalised, type ProducerProfile } from '../profile.ts'

export const whisper: ProducerProfile = {
  name: 'Whisper',
  isItsConfig: ({ settings }) => /Whisper/.test(String(settings.get('feature_extractor_type'))),
  keys: {
    sampleRateHz: ['sampling_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    bands: ['feature_size'],
  },
  published: {
    ...hifiGanConvention,
    sampleRateHz: 16_000,
    fftSize: 400,
    hopSamples: 160,
    windowSamples: 400,
    magnitudeEpsilon: 0,
    floor: 1e-10,
  },
  defaults: { sampleRateHz: 16_000, fftSize: 400, hopSamples: 160, bands: 80 },
  framing: 'centred',
  values: [normalised(log10.power, { mean: [-4], deviation: [4] })],
}
