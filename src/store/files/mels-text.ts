/** Names mels in the refusal of a place that takes audio only. */
import { namedFew } from '../../base/named-few.ts'

/** "a.npy is a mel spectrogram", "a.npy and b.npy are mel spectrograms". */
export const areMels = (names: readonly string[]): string =>
  `${namedFew(names)} ${names.length === 1 ? 'is a mel spectrogram' : 'are mel spectrograms'}`
