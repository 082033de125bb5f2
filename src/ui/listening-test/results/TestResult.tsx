/** What a listening test found, as plots with the same in words and tables. */
import type { TestSession } from '../../../listening/test-session.ts'

/** `sessions` are of one plan: several listeners, pooled. */
type Props = { readonly session: TestSession } | { readonly sessions: readonly TestSession[] }

export function TestResult(props: Props) {
  const sessions = 'sessions' in props ? props.sessions : [props.session]
  return <p className="small soft">{sessions[0].plan.title}</p>
}
