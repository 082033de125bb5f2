/** Names of samples. */
import type { Sample } from '../../store/samples/samples-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'

/** Returns a name such as "InferGrad, 2 steps". */
export function sampleName({ system, steps }: Pick<Sample, 'system' | 'steps'>): string {
  const name = systemNames[system]
  return steps === undefined ? name : `${name}, ${steps} ${steps === 1 ? 'step' : 'steps'}`
}

/** Descriptions of the samples, in a few words each. */
export const sampleLines: Readonly<Record<Sample['system'], string>> = {
  'no-network': 'The models’ input, filtered by the spectrogram',
  wavegrad: 'Trained to remove noise, for any number of steps',
  infergrad: 'Trained through its few steps',
  recording: 'The voice itself',
}
