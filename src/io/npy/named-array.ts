/** Files that hold several arrays, and the choice of the mel among them. */
import { ProblemError } from '../../base/problem.ts'
import { quoted } from '../refusal.ts'
import type { NumberArray } from './number-array.ts'

/** Decoded on demand: finding one mel in an archive of a whole corpus must not decode all of it. */
export type NamedArray = { readonly name: string; read(): NumberArray }

export type ChosenArray = NumberArray & {
  /** The choice among several arrays, as text for the page; absent if there was only one. */
  readonly choice?: string
}

/** Common names of mels, in order of preference. */
const usualNames = ['mel', 'mels', 'feats', 'spec', 'spectrogram', 'mel_spec', 'mel_spectrogram', 'arr_0']

/**
 * Returns the first array that satisfies `isMel`, common names first, otherwise the first readable one. `arrays` holds
 * at least one. If none is readable, throws the refusal of the first.
 */
export function chooseArray(
  arrays: readonly NamedArray[],
  isMel: (shape: readonly number[]) => boolean,
): ChosenArray {
  const rank = ({ name }: NamedArray) => {
    const usual = usualNames.indexOf(name.toLowerCase())
    return usual < 0 ? usualNames.length : usual
  }
  const candidates = [...arrays].sort((a, b) => rank(a) - rank(b))
  let readable: ChosenArray | undefined
  let refusal: ProblemError | undefined
  for (const { name, read } of candidates) {
    try {
      const choice =
        arrays.length > 1 ? `${quoted(name)} of its ${arrays.length} arrays holds the mel` : undefined
      const array = { ...read(), choice }
      if (isMel(array.shape)) return array
      readable ??= array
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) throw thrown
      refusal ??= thrown
    }
  }
  if (readable) return readable
  throw refusal ?? new RangeError('chooseArray needs at least one array')
}
