/** Sample formats in which a take can be saved. */

export const wavFormats = [
  { value: 'pcm16', label: '16-bit' },
  { value: 'pcm24', label: '24-bit' },
  { value: 'float32', label: '32-bit float' },
] as const

export type WavFormat = (typeof wavFormats)[number]['value']
