/**
 * The possible sources of a waveform on this page: two vocoders, one that the user fine-tuned, the control without a
 * network, the classical baseline, the recording itself, or a file that the user added for comparison.
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

/** The order is that of the cards and of the number keys. */
export type System = (typeof systems)[number]

/** Labels of the takes' groups. External tests rely on these exact names. */
export const systemNames: Readonly<Record<System, string>> = {
  wavegrad: 'WaveGrad',
  infergrad: 'InferGrad',
  tuned: 'Fine-tuned',
  'no-network': 'No network',
  'griffin-lim': 'Griffin-Lim',
  recording: 'Recording',
  file: 'File',
}
