/** Loading of code chunks that the page fetches when they are first needed. */
import { ProblemError } from './problem.ts'

/** Resolves as `part` does. Rejects with `part-unreachable` if it cannot be fetched. */
export async function importChunk<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'part-unreachable',
        message: 'This part of the page could not be fetched.',
        remedy:
          'Everything else works. Check the connection and try again; if that does not help, reload the page.',
      },
      { cause },
    )
  }
}
