/** Sets up a test: its kind, the conditions, the clips and its length; or shows a plan that was opened. */
import { useEffect, useState } from 'react'
import { type TestKind, testKinds } from '../../../listening/plans/test-plan.ts'
import { type PlanChoices, planOfChoices } from '../../../store/listening-test/plans/plan-choices.ts'
import { maxSeed, parseSeed } from '../../../store/synthesis/settings.ts'
import { FileButton } from '../../controls/buttons/FileButton.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { SelectField } from '../../controls/SelectField.tsx'
import { useOpenFiles } from '../../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../../shell/page-context.ts'
import { kindLines, testNames } from '../test-texts.ts'
import { ClipChoices } from './ClipChoices.tsx'
import { ConditionChoices, PairChoices } from './ConditionChoices.tsx'
import { OpenedPlanPanel } from './OpenedPlanPanel.tsx'
import { SendPlan } from './SendPlan.tsx'
import { StartRow } from './StartRow.tsx'
import styles from './TestSetup.module.css'
import { useChoicesOfPage } from './use-choices-of-page.ts'

const kinds = testKinds.map((value) => ({ value, label: testNames[value] }))
const abxTrialChoices = [8, 10, 16, 20, 24]
const repeatChoices = [1, 2, 3, 4]

const drawnSeed = () => crypto.getRandomValues(new Uint32Array(1))[0]

export function TestSetup() {
  const openedPlan = usePage((state) => state.test.openedPlan)
  return openedPlan ? <OpenedPlanPanel opened={openedPlan} /> : <OwnPlan />
}

function OwnPlan() {
  const page = useChoicesOfPage()
  const { listVoiceClips } = useActions().test
  const openFiles = useOpenFiles('test')
  const [choices, setChoices] = useState<PlanChoices>(() => ({
    kind: 'abx',
    seed: drawnSeed(),
    abxTrials: 16,
    repeats: 2,
  }))
  const { kind } = choices
  const change = (changed: Partial<PlanChoices>) => setChoices({ ...choices, ...changed })
  useEffect(() => {
    if (kind === 'mushra') void listVoiceClips()
  }, [kind, listVoiceClips])
  const made = planOfChoices(page, choices)
  const parts = { page, choices, change }
  return (
    <section aria-label="Setting up a test" tabIndex={-1} data-takes-focus className={styles.setup}>
      <div className={styles.kind}>
        <Segments<TestKind>
          label="Kind of test"
          value={kind}
          choices={kinds}
          // Choices for one kind may be invalid for the next, so a change of the kind resets them to the defaults.
          onChange={(value) => change({ kind: value, conditionIds: undefined, clipKeys: undefined })}
        />
        <p className="small soft">{kindLines[kind]}</p>
      </div>
      <div className={styles.columns}>
        {kind === 'abx' ? <PairChoices {...parts} /> : <ConditionChoices {...parts} />}
        <ClipChoices {...parts} />
        <div className="stack">
          {kind === 'abx' && (
            <SelectField
              label="Trials"
              value={choices.abxTrials}
              choices={abxTrialChoices.map((trials) => ({ value: trials, label: String(trials) }))}
              onChange={(abxTrials) => change({ abxTrials })}
            />
          )}
          {(kind === 'preference' || kind === 'cmos') && (
            <SelectField
              label="Each pair, on each clip"
              value={choices.repeats}
              choices={repeatChoices.map((times) => ({
                value: times,
                label: times === 1 ? 'once' : `${times} times`,
              }))}
              onChange={(repeats) => change({ repeats })}
            />
          )}
          <SeedField seed={choices.seed} onSeed={(seed) => change({ seed })} />
        </div>
      </div>
      <StartRow {...made} kind={kind} />
      <div className="row-tight ruled">
        <SendPlan plan={'plan' in made ? made.plan : undefined} />
        <FileButton text="Open a test plan" accept=".json,application/json" onFiles={openFiles} />
      </div>
    </section>
  )
}

/** Seed of all random orders: the same plan gives the same order on every machine. */
function SeedField({ seed, onSeed }: { readonly seed: number; readonly onSeed: (seed: number) => void }) {
  const [draft, setDraft] = useState<string>()
  return (
    <div className="field">
      <label className="label" htmlFor="test-order">
        Randomization seed
      </label>
      <input
        id="test-order"
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={draft ?? seed}
        aria-invalid={draft !== undefined}
        aria-describedby={draft === undefined ? undefined : 'test-order-hint'}
        onChange={({ target }) => {
          const parsed = parseSeed(target.value)
          setDraft(parsed === undefined ? target.value : undefined)
          if (parsed !== undefined) onSeed(parsed)
        }}
        onBlur={() => setDraft(undefined)}
      />
      {draft !== undefined && (
        <p id="test-order-hint" role="status" className="small error">
          Enter a whole number from 0 to {maxSeed}. {seed} stays in use.
        </p>
      )}
    </div>
  )
}
