/** Files that hold several arrays, and the choice of the one that is the mel. */
import { ProblemError } from '../../base/problem.ts'
import { quoted } from '../refusal.ts'
import type { NumberArray } from './number-array.ts'

/** Read only when it is looked at: an archive of a whole corpus is not decoded to find one mel. */
export type NamedArray = { readonly name: string; read(): NumberArray }

export type ChosenArray = NumberArray & {
  /** What was chosen among several, for people; absent where there was no choice. */
  readonly choice?: string
}

/** Names under which producers, and people, keep mels; the first comes first. */
const usualNames = ['mel', 'mels', 'feats', 'spec', 'spectrogram', 'mel_spec', 'mel_spectrogram', 'arr_0']

/**
 * The first array, usual names before others, that `isMel` takes; else the first that can be read. `arrays` holds at least
 * one. Refuses as the first array's reader did where none can be read.
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
  throw refusal ?? new RangeError('chooseArray was given no array')
}
