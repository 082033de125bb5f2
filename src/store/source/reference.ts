/** Reads the magnitudes of an example's recording, which the page has where the recording itself is not published. */
import type { Spectrogram } from '../../analysis/analysis.ts'
import { blobOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { Example } from './source-state.ts'

/** Resolves to undefined for an example without such a file. Rejects as the library and the analysis do. */
export async function readReference(
  { analysis, examples }: Pick<Services, 'analysis' | 'examples'>,
  example: Example | undefined,
): Promise<Spectrogram | undefined> {
  const name = example?.reference
  return name ? analysis.openReference(blobOf({ name, bytes: await examples.read(name) })) : undefined
}
