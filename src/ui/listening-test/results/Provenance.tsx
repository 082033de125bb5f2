/** How a result came about: the plan, what was heard with its hashes, where and when. */
import { withAnchors } from '../../../listening/anchors.ts'
import { planText } from '../../../listening/plan-texts.ts'
import type { Condition } from '../../../listening/test-plan.ts'
import type { TestSession } from '../../../listening/test-session.ts'
import { decimal } from '../../../listening/words.ts'
import styles from './Provenance.module.css'
import { ResultTable } from './ResultTable.tsx'
import { timeText } from './result-texts.ts'

export function Provenance({ sessions }: { readonly sessions: readonly TestSession[] }) {
  const [first] = sessions
  return (
    <div className={styles.provenance}>
      <dl className={styles.list}>
        <Entry name="Plan">{planText(first.plan)}</Entry>
        <Entry name="Order">
          seed {first.plan.seed}
          {' · '}
          {withAnchors(first.plan).conditions.map(conditionText).join(' · ')}
        </Entry>
        {sessions.map((session, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: sessions have no other name
            key={index}
            name={sessions.length > 1 ? `Listener ${index + 1}` : 'Heard'}
          >
            {heardText(session)}
          </Entry>
        ))}
      </dl>
      {sessions.map((session, index) => (
        <StimulusTable
          // biome-ignore lint/suspicious/noArrayIndexKey: sessions have no other name
          key={index}
          session={session}
          label={sessions.length > 1 ? `What listener ${index + 1} heard` : 'What was heard'}
        />
      ))}
    </div>
  )
}

function Entry({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What the plan asked for, as it wrote it. */
function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'model': {
      const { schedule } = condition
      const steps = typeof schedule === 'string' ? `schedule ${schedule}` : `${schedule.length} betas`
      return `${condition.label}: ${condition.modelId}, ${steps}, noise seed ${condition.seed}`
    }
    case 'griffin-lim':
      return `${condition.label}: phases from seed ${condition.seed}`
    case 'recording':
      return `${condition.label}: the recording`
    case 'low-pass':
      return `${condition.label}: the recording below ${condition.cutoffHz} Hz`
    case 'take':
      return `${condition.label}: a take of the page`
    default:
      return condition satisfies never
  }
}

function heardText({ startedAt, finishedAt, takenBack, environment }: TestSession): string {
  const { backend, page, userAgent } = environment
  return [
    finishedAt
      ? `${timeText(startedAt)} to ${timeText(finishedAt)}`
      : `from ${timeText(startedAt)}, not finished`,
    takenBack > 0 && `${takenBack} ${takenBack === 1 ? 'answer' : 'answers'} taken back`,
    `on ${backend}`,
    `page ${page}`,
    userAgent,
  ]
    .filter((part) => part)
    .join(' · ')
}

function StimulusTable({ session, label }: { readonly session: TestSession; readonly label: string }) {
  const labels = new Map(withAnchors(session.plan).conditions.map((one) => [one.id, one.label]))
  return (
    <ResultTable
      label={label}
      columns={[
        'Clip',
        'Condition',
        'Audio SHA-256',
        'Model',
        'Weights SHA-256',
        'Betas',
        'Seed',
        'Made on',
        'Loudness',
        'Gain',
        'Length',
        'Rate',
      ]}
      rows={session.stimuli.map((stimulus) => {
        const { making } = stimulus
        return {
          key: stimulus.id,
          cells: [
            session.clipTitles[stimulus.clip],
            labels.get(stimulus.conditionId),
            <Hash key="audio" digits={stimulus.sha256} />,
            making?.modelId ?? '–',
            making ? <Hash key="weights" digits={making.weightsSha256} /> : '–',
            making ? betasText(making.betas) : '–',
            making?.seed ?? '–',
            making?.backend ?? '–',
            stimulus.loudnessLufs === null ? 'silent' : `${decimal(stimulus.loudnessLufs, 1)} LUFS`,
            `${decimal(stimulus.gainDb, 1)} dB`,
            `${decimal(stimulus.durationSeconds, 2)} s`,
            `${stimulus.sampleRateHz} Hz`,
          ],
        }
      })}
    />
  )
}

const mostBetas = 6

function betasText(betas: readonly number[]): string {
  const shown = betas.slice(0, mostBetas).join(', ')
  return betas.length > mostBetas ? `${shown}, … (${betas.length})` : shown
}

/** All digits are there to copy; as many are shown as tell two apart. */
function Hash({ digits }: { readonly digits: string }) {
  return (
    <code className={styles.hash} title={digits}>
      {digits}
    </code>
  )
}
