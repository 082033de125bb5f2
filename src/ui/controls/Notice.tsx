/** A notice of earlier work that can be resumed, with buttons for what to do with it. */
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

type Props = {
  readonly label: string
  /** Name of a custom property of the page's theme. */
  readonly colour: `--${string}`
  readonly text: ReactNode
  readonly children: ReactNode
}

export function Notice({ label, colour, text, children }: Props) {
  return (
    <section aria-label={label} className={styles.notice} style={{ borderLeftColor: `var(${colour})` }}>
      <p role="status">{text}</p>
      <div className="row-tight">{children}</div>
    </section>
  )
}
