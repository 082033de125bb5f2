/**
 * Where a waveform on this page can come from: two vocoders, one that the user fine-tuned, the control without a network, the
 * classical baseline, the recording itself, or a file that was put beside them.
 */

export const systems = [
  'wavegrad',
  'infergrad',
  'tuned',
  'no-network',
  'griffin-lim',
  'recording',
  'file',
] as const

/** The order is the order of the cards and of the number keys. */
export type System = (typeof systems)[number]

/** The names are a contract with tests from outside: a take's group is called this and nothing else. */
export const systemNames: Readonly<Record<System, string>> = {
  wavegrad: 'WaveGrad',
  infergrad: 'InferGrad',
  tuned: 'Fine-tuned',
  'no-network': 'No network',
  'griffin-lim': 'Griffin-Lim',
  recording: 'Recording',
  file: 'File',
}
