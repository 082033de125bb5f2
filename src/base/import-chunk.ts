/** Parts of the page that are fetched when they are first needed. */
import { ProblemError } from './problem.ts'

/** What `part` brings. Rejects with `part-unreachable` where it cannot be fetched. */
export async function importChunk<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'part-unreachable',
        message: 'The part of the page that does this could not be fetched.',
        remedy: 'Check the connection and try again; what is on the page is still here.',
      },
      { cause },
    )
  }
}
