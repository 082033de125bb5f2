/** Describes a plan and starts its test, or its rehearsal. */
import type { ReactNode } from 'react'
import { planText, powerText } from '../../../listening/plans/plan-texts.ts'
import type { TestKind, TestPlan } from '../../../listening/plans/test-plan.ts'
import { abxPower } from '../../../listening/statistics/abx-power.ts'
import { pluralize } from '../../../listening/text-format.ts'
import { rehearsedTrials } from '../../../store/listening-test/rehearsal.ts'
import { useActions } from '../../shell/page-context.ts'
import { enterFullScreen } from '../full-screen.ts'
import { startTexts, unitOf } from '../test-texts.ts'
import styles from './TestSetup.module.css'

type Props = {
  readonly kind: TestKind
  readonly plan?: TestPlan
  /** Says what is missing if there is no plan. */
  readonly lacks?: string
  /** Further buttons. */
  readonly children?: ReactNode
}

export function StartRow({ kind, plan, lacks, children }: Props) {
  const { start, rehearse } = useActions().test
  const begin = (act: (plan: TestPlan) => Promise<void>) => {
    if (!plan) return
    void enterFullScreen()
    void act(plan)
  }
  return (
    <div className="stack ruled">
      <p id="test-plan" className={styles.summary}>
        {plan ? planText(plan) : lacks}
        {plan?.kind === 'abx' && <span className="small soft">{powerText(abxPower(plan.trials))}</span>}
      </p>
      <div className={styles.buttons}>
        <button type="button" className="button primary" disabled={!plan} onClick={() => begin(start)}>
          {startTexts[kind]}
        </button>
        <button
          type="button"
          className="button"
          disabled={!plan}
          aria-describedby="rehearsal-hint"
          onClick={() => begin(rehearse)}
        >
          Rehearse
        </button>
        {children}
      </div>
      <p id="rehearsal-hint" className="small soft">
        A rehearsal has {pluralize(rehearsedTrials, unitOf(kind))}, shows the answers and records nothing. The
        test fills the screen; nothing else plays or answers to keys until it ends.
      </p>
    </div>
  )
}
