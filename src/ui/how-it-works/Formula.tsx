/** A formula in MathML; in plain text where the browser draws none. Either way it is read aloud as `spoken`. */
import type { ReactNode } from 'react'
import styles from './Formula.module.css'

type Props = {
  readonly children: ReactNode
  /** In characters alone. */
  readonly plain: string
  readonly spoken: string
}

export function Formula({ children, plain, spoken }: Props) {
  return (
    <div className={styles.formula}>
      <math display="block" aria-label={spoken} className={styles.math}>
        {children}
      </math>
      <code className={styles.plain}>{plain}</code>
    </div>
  )
}
