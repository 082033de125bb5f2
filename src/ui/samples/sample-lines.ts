/** Descriptions of the samples, in a few words each. */
import type { Sample } from '../../store/samples/samples-state.ts'

export const sampleLines: Readonly<Record<Sample['system'], string>> = {
  'no-network': 'The models’ input, filtered by the spectrogram',
  wavegrad: 'Trained to remove noise, for any number of steps',
  infergrad: 'Trained through its few steps',
  recording: 'The voice itself',
}
