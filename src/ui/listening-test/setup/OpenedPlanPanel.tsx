/** A plan from a file or from a colleague's link: what it compares, with which models and seeds, and its start. */
import type { TestPlan } from '../../../listening/plans/test-plan.ts'
import { joinList, pluralize } from '../../../listening/text-format.ts'
import { planObstacle } from '../../../store/listening-test/plans/plan-models.ts'
import type { OpenedPlan } from '../../../store/listening-test/test-state.ts'
import { useActions, usePage } from '../../shell/page-context.ts'
import { testNames } from '../test-texts.ts'
import { StartRow } from './StartRow.tsx'
import styles from './TestSetup.module.css'

export function OpenedPlanPanel({ opened: { fileName, plan } }: { readonly opened: OpenedPlan }) {
  const { closePlan } = useActions().test
  const { models, examples } = usePage((state) => ({
    models: state.models.all,
    examples: state.source.examples,
  }))
  const obstacle = planObstacle(plan, models, examples)
  return (
    <section aria-label="Opened test plan" tabIndex={-1} data-takes-focus className={styles.setup}>
      <div>
        <h3>{plan.title}</h3>
        <p className="small soft">
          {testNames[plan.kind]} test from {fileName ?? 'a link'}, randomization seed {plan.seed},{' '}
          {pluralize(plan.clips.length, 'clip')}. {fileName ? '' : 'At the end, send the result file back.'}
        </p>
      </div>
      <ul className={styles.conditions}>
        {plan.conditions.map((condition) => (
          <li key={condition.id}>
            {condition.label} <span className="small soft">{makingText(condition)}</span>
          </li>
        ))}
      </ul>
      {obstacle && (
        <p className="small error" role="status">
          {obstacle.message} {obstacle.accepted && <>This page has {obstacle.accepted}. </>}
          {obstacle.remedy}
        </p>
      )}
      <StartRow kind={plan.kind} plan={plan}>
        <button type="button" className="button" onClick={closePlan}>
          Close plan
        </button>
      </StartRow>
    </section>
  )
}

/** Names the model, the betas if they are not those of the model, and the seed. */
function makingText(condition: TestPlan['conditions'][number]): string {
  switch (condition.kind) {
    case 'model': {
      const { modelId, schedule, seed } = condition
      const betas = typeof schedule !== 'string' && `betas ${joinList(schedule.map(String))}`
      return [modelId, betas, `seed ${seed}`].filter((part) => part).join(', ')
    }
    case 'no-network':
      return `${condition.modelId}, seed ${condition.seed}`
    case 'griffin-lim':
      return `seed ${condition.seed}`
    case 'recording':
    case 'low-pass':
    case 'take':
      return ''
    default:
      return condition satisfies never
  }
}
