/**
 * A formula in MathML, or in plain text if the browser cannot render MathML. Either way a screen reader reads `spoken`.
 */
import type { ReactNode } from 'react'
import styles from './Formula.module.css'

type Props = {
  readonly children: ReactNode
  /** The formula as plain text. */
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
