/** The answers of a listening test as a table for spreadsheets (RFC 4180). */
import { type CsvCell, csvText } from '../../base/csv.ts'
import { correctionsCells, correctionsColumns } from '../../base/mel-corrections.ts'
import { withAnchors } from '../plans/anchors.ts'
import type { Answer, TestSession, Trial } from '../test-session.ts'

/** A header and one row per answer, or per rating of a MUSHRA trial. */
export function resultAsCsv(session: TestSession): string {
  const rows =
    session.plan.kind === 'mushra'
      ? [ratingHeader, ...session.answers.flatMap((answer) => ratingRows(session, answer))]
      : [comparisonHeader(session), ...session.answers.map((answer) => comparisonRow(session, answer))]
  return csvText(rows)
}

const stimulusColumns = [
  'condition',
  'label',
  'audio_sha256',
  'model',
  'weights_sha256',
  'betas',
  ...correctionsColumns,
  'noise_seed',
  'made_on',
  'gain_db',
  'loudness_lufs',
  'duration_s',
  'sample_rate_hz',
] as const

const testColumns = ['test', 'test_seed', 'backend', 'started_at'] as const

function comparisonHeader({ plan }: TestSession): readonly string[] {
  const sides = ['a', 'b'].flatMap((side) => stimulusColumns.map((name) => `${side}_${name}`))
  const asked = plan.kind === 'abx' ? ['x', 'answer', 'correct'] : ['answer', 'answer_label']
  return ['trial', 'clip', ...asked, 'seconds', ...sides, ...testColumns]
}

const ratingHeader = ['trial', 'clip', 'slider', 'rating', 'seconds', ...stimulusColumns, ...testColumns]

function comparisonRow(session: TestSession, answer: Answer): readonly CsvCell[] {
  const trial = session.trials[answer.trial]
  return [
    answer.trial + 1,
    session.clipTitles[trial.clip],
    ...answerCells(session, trial, answer),
    seconds(answer),
    ...trial.stimuli.flatMap((id) => stimulusCells(session, id)),
    ...testCells(session),
  ]
}

function answerCells(session: TestSession, trial: Trial, answer: Answer): readonly CsvCell[] {
  const { choice, comparison } = answer
  const letter = (side: 0 | 1 | null | undefined) => (side === 0 ? 'A' : side === 1 ? 'B' : 'neither')
  switch (session.plan.kind) {
    case 'abx':
      return [letter(trial.x), letter(choice), choice === trial.x ? 1 : 0]
    case 'preference':
      return [letter(choice), choice == null ? '' : labelOf(session, trial.stimuli[choice])]
    default: {
      const better = comparison === undefined || comparison === 0 ? undefined : comparison > 0 ? 1 : 0
      return [comparison, better === undefined ? '' : labelOf(session, trial.stimuli[better])]
    }
  }
}

function ratingRows(session: TestSession, answer: Answer): readonly (readonly CsvCell[])[] {
  const trial = session.trials[answer.trial]
  return trial.stimuli.map((id, slider) => [
    answer.trial + 1,
    session.clipTitles[trial.clip],
    slider + 1,
    answer.ratings?.[slider],
    seconds(answer),
    ...stimulusCells(session, id),
    ...testCells(session),
  ])
}

function seconds(answer: Answer): string {
  return answer.seconds.toFixed(2)
}

function testCells({ plan, environment, startedAt }: TestSession): readonly CsvCell[] {
  return [plan.title, plan.seed, environment.backend, startedAt]
}

function stimulusCells(session: TestSession, id: string): readonly CsvCell[] {
  const stimulus = session.stimuli.find((one) => one.id === id)
  if (!stimulus) return stimulusColumns.map(() => undefined)
  const { conditionId, sha256, making, gainDb, loudnessLufs, durationSeconds, sampleRateHz } = stimulus
  return [
    conditionId,
    labelOf(session, id),
    sha256,
    making?.modelId,
    making?.weightsSha256,
    making?.betas?.join(' '),
    ...correctionsCells(making?.corrections),
    making?.seed,
    making?.backend,
    rounded(gainDb),
    loudnessLufs === null ? undefined : rounded(loudnessLufs),
    rounded(durationSeconds),
    sampleRateHz,
  ]
}

function rounded(value: number): number {
  return Number(value.toFixed(4))
}

function labelOf({ plan, stimuli }: TestSession, id: string): string {
  const stimulus = stimuli.find((one) => one.id === id)
  return withAnchors(plan).conditions.find((one) => one.id === stimulus?.conditionId)?.label ?? id
}
