/** The answers of a listening test as a table for spreadsheets (RFC 4180). */
import type { TestSession } from './test-session.ts'

/** A header and one row per answer, or per rating of a MUSHRA trial. */
export function resultAsCsv(_session: TestSession): string {
  throw new Error('not yet')
}
