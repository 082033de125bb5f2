/** Documents how a result was obtained: the plan, the stimuli with their hashes, and the place and time of the test. */
import type { ReactNode } from 'react'
import { type CorrectionChoice, choiceText, type MelCorrections } from '../../../base/mel-corrections.ts'
import { withAnchors } from '../../../listening/plans/anchors.ts'
import { planText } from '../../../listening/plans/plan-texts.ts'
import type { Condition } from '../../../listening/plans/test-plan.ts'
import type { TestSession } from '../../../listening/test-session.ts'
import { decimal, joinList, pluralize } from '../../../listening/text-format.ts'
import { timeText } from '../../controls/time-text.ts'
import styles from './Provenance.module.css'
import { ResultTable } from './ResultTable.tsx'

export function Provenance({ sessions }: { readonly sessions: readonly TestSession[] }) {
  const [first] = sessions
  const groups = byStimuli(sessions)
  return (
    <div className="stack">
      <dl className={styles.list}>
        <Entry name="Plan">{planText(first.plan)}</Entry>
        <Entry name="Conditions">
          <ul>
            {withAnchors(first.plan).conditions.map((condition) => (
              <li key={condition.id}>{conditionText(condition)}</li>
            ))}
          </ul>
        </Entry>
        <Entry name="Order from seed">{first.plan.seed}</Entry>
        {sessions.map((session, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: a session has no other identity
            key={index}
            name={sessions.length > 1 ? `Listener ${index + 1}` : 'Heard'}
          >
            {environmentText(session)}
          </Entry>
        ))}
      </dl>
      {groups.map(({ session, listeners }) => {
        const label =
          groups.length > 1
            ? `What ${listeners.length > 1 ? 'listeners' : 'listener'} ${joinList(listeners.map(String))} heard`
            : 'Audio that was played'
        return (
          <div key={label}>
            {groups.length > 1 && <p className="small soft">{label}</p>}
            <StimulusTable session={session} label={label} />
          </div>
        )
      })}
    </div>
  )
}

type Group = { readonly session: TestSession; readonly listeners: readonly number[] }

/** Groups listeners, counted from 1, who heard identical stimuli. */
function byStimuli(sessions: readonly TestSession[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const [index, session] of sessions.entries()) {
    const heard = JSON.stringify(session.stimuli)
    const group = groups.get(heard) ?? { session, listeners: [] }
    groups.set(heard, { ...group, listeners: [...group.listeners, index + 1] })
  }
  return [...groups.values()]
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Describes a condition as the plan specified it. */
function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'model': {
      const { schedule } = condition
      const steps = typeof schedule === 'string' ? `schedule ${schedule}` : `${schedule.length} betas`
      return `${condition.label}: ${condition.modelId}, ${steps}, ${askedText(condition)}, noise seed ${condition.seed}`
    }
    case 'no-network':
      return `${condition.label}: the prior of ${condition.modelId}, ${askedText(condition)}, noise seed ${condition.seed}`
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

const askedText = ({ corrections }: { readonly corrections?: CorrectionChoice }) =>
  corrections === undefined ? 'the model’s own corrections' : choiceText(corrections)

function environmentText({ startedAt, finishedAt, takenBack, environment }: TestSession): string {
  const { backend, page, userAgent } = environment
  return [
    timeText(startedAt),
    finishedAt ? durationText(startedAt, finishedAt) : 'not finished',
    takenBack > 0 && `${pluralize(takenBack, 'answer')} taken back`,
    `on ${backend}`,
    `page ${page}`,
    userAgent,
  ]
    .filter((part) => part)
    .join(' · ')
}

function durationText(startedAt: string, finishedAt: string): string {
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
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
        'Corrections',
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
            making?.betas ? betasText(making.betas) : '–',
            making ? madeText(making.corrections) : '–',
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

/** Older results lack this field; they used as many corrections as the model has of its own. */
function madeText(corrections: MelCorrections | undefined): string {
  if (!corrections) return 'the model’s own'
  const { count, momentum, scope } = corrections
  const parts = [String(count), momentum > 0 && `momentum ${momentum}`, scope === 'voiced' && 'voiced']
  return parts.filter((part) => part).join(', ')
}

const maxBetas = 6

function betasText(betas: readonly number[]): string {
  const shown = betas.slice(0, maxBetas).join(', ')
  return betas.length > maxBetas ? `${shown}, … (${betas.length})` : shown
}

/** The element contains all digits, so that they can be copied; CSS shows only enough to tell two hashes apart. */
function Hash({ digits }: { readonly digits: string }) {
  return (
    <code className={styles.hash} title={digits}>
      {digits}
    </code>
  )
}
