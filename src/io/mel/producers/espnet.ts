/** ESPnet 2 (espnet2/tts/feats_extract/log_mel_fbank.py): base 10 of magnitudes, often normalised by global statistics. */
import {
  espnetConvention,
  lnOfMagnitude,
  log10OfMagnitude,
  normalised,
  type ProducerProfile,
} from './profile.ts'

export const espnet: ProducerProfile = {
  name: 'ESPnet',
  isItsConfig: ({ sections, settings }) =>
    sections.has('feats_extract_conf') || settings.has('feats_extract'),
  keys: {
    sampleRateHz: ['fs'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length', 'n_shift'],
    windowSamples: ['win_length'],
    bands: ['n_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: espnetConvention,
  defaults: { sampleRateHz: 16_000, fftSize: 1024, hopSamples: 256, bands: 80, lowHz: 80, highHz: 7600 },
  framing: 'centred',
  values: [log10OfMagnitude, normalised(log10OfMagnitude)],
  details({ settings }) {
    const values = settings.get('log_base') === null ? lnOfMagnitude : log10OfMagnitude
    return {
      values: [values, normalised(values)],
      ...(settings.get('htk') === true && { scale: 'htk' }),
    }
  },
}
