/**
 * ESPnet 2 (espnet2/tts/feats_extract/log_mel_fbank.py): log10 of magnitudes, often normalised by global statistics.
 */

import { espnetConvention, ln, log10, type ProducerProfile, plainOrNormalised } from '../profile.ts'
import { librosa } from './librosa.ts'

export const espnet: ProducerProfile = {
  name: 'ESPnet',
  isItsConfig: ({ sections, settings }) =>
    sections.has('feats_extract_conf') || settings.has('feats_extract'),
  keys: { ...librosa.keys, sampleRateHz: ['fs'], hopSamples: ['hop_length', 'n_shift'] },
  published: espnetConvention,
  defaults: { sampleRateHz: 16_000, fftSize: 1024, hopSamples: 256, bands: 80, lowHz: 80, highHz: 7600 },
  framing: 'centred',
  values: plainOrNormalised(log10.magnitude),
  details({ settings }) {
    return {
      values: plainOrNormalised(settings.get('log_base') === null ? ln.magnitude : log10.magnitude),
      ...(settings.get('htk') === true && { scale: 'htk' }),
    }
  },
}
