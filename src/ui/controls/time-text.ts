/** Formats a time (ISO 8601) in the user's time zone, for example "2 Jan 2026, 03:04". */
export function timeText(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
