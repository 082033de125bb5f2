/**
 * What can make a waveform on this page: two vocoders, one that the user fine-tuned, the
 * classical baseline, and the recording itself.
 */

export const systems = ['wavegrad', 'infergrad', 'tuned', 'griffin-lim', 'recording'] as const

/** The order is the order of the cards and of the number keys. */
export type System = (typeof systems)[number]

/** The names are a contract with tests from outside: a take's group is called this and nothing else. */
export const systemNames: Readonly<Record<System, string>> = {
  wavegrad: 'WaveGrad',
  infergrad: 'InferGrad',
  tuned: 'Fine-tuned',
  'griffin-lim': 'Griffin-Lim',
  recording: 'Recording',
}
