/**
 * A formula in MathML, or in plain text if the browser cannot render MathML. Either way a screen reader reads its spoken form.
 */
import type { ReactNode } from 'react'
import styles from './Formula.module.css'
import { type FormulaName, plain, spoken } from './formula-texts.ts'

type Props = { readonly name: FormulaName; readonly children: ReactNode }

export function Formula({ name, children }: Props) {
  return (
    <div className={styles.formula}>
      <math display="block" aria-label={spoken[name]} className={styles.math}>
        <mrow>{children}</mrow>
      </math>
      <code className={styles.plain}>{plain[name]}</code>
    </div>
  )
}
