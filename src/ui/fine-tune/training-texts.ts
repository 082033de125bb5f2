/** Describes a fine-tuning session in words. */

import type { LayerGroup } from '../../store/fine-tune/training-settings.ts'
import type { TrainingSession } from '../../store/fine-tune/training-state.ts'

/** Formats an estimated duration, with no more precision than an estimate deserves: "40 s", "3 min", "1 h 20 min". */
export function roughDuration(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''}`
}

/** Formats a relative change: "−16 %", "+3 %", or a dash if it is undefined. */
export function percentChange(before: number, after: number): string {
  const percent = Math.round(100 * (after / before - 1))
  if (!Number.isFinite(percent)) return '–'
  return `${percent > 0 ? '+' : ''}${String(percent).replace('-', '−')} %`
}

/** Names the session's current activity. */
export function phaseTitle({ phase, asked, result }: TrainingSession): string {
  if (phase === 'ended') return result?.ended === 'finished' ? 'Finished' : 'Ended'
  if (asked === 'stop') return 'Stopping'
  if (asked === 'pause' && phase !== 'paused') return 'Pausing'
  if (asked === 'resume' && phase === 'paused') return 'Resuming'
  const titles = {
    preparing: 'Preparing',
    running: 'Learning',
    paused: 'Paused',
    waiting: 'Waiting',
    finishing: 'Finishing',
  } as const
  return titles[phase]
}

/** Explains the session's current activity and its reason in a sentence, or returns '' if the title says enough. */
export function phaseSentence(session: TrainingSession): string {
  const { phase, asked, step, pausedBy } = session
  if (asked === 'stop') return 'Training ends after the current step. The best weights so far are kept.'
  if (asked === 'pause' && phase !== 'paused') return 'Training pauses after the current step.'
  switch (phase) {
    case 'preparing':
      return 'Cutting the recordings, loading the model and measuring it before training.'
    case 'waiting':
      return 'Paused for a synthesis; training continues after it.'
    case 'paused':
      return pausedBy ? '' : `Paused after step ${step}. The progress so far is kept.`
    case 'finishing':
      return 'The weights are measured on held-out speech, and the best are kept.'
    default:
      return ''
  }
}

/** Returns step, loss, speed and remaining time, leaving out whatever has not been measured. */
export function progressText(session: TrainingSession): string {
  const { phase, step, steps, loss, secondsPerStep, remainingSeconds } = session
  const parts = [
    `Step ${step} of ${steps}`,
    loss !== undefined && `loss ${loss.toPrecision(3)}`,
    secondsPerStep !== undefined && `${secondsPerStep.toPrecision(2)} s per step`,
    phase !== 'ended' &&
      remainingSeconds !== undefined &&
      step < steps &&
      `about ${roughDuration(remainingSeconds)} left`,
  ]
  return parts.filter((part) => part).join(' · ')
}

/** Says where a checkpoint is kept, and what a reload would find. */
export function storagePlace({
  keptIn,
  reloadStep,
}: Pick<NonNullable<TrainingSession['checkpoint']>, 'keptIn' | 'reloadStep'>): string {
  if (keptIn === 'disk') return 'in this browser’s storage'
  const lost = reloadStep === undefined ? 'loses it' : `goes back to step ${reloadStep}`
  return `in memory only: a reload ${lost}`
}

export const layerTexts: Readonly<Record<LayerGroup, string>> = {
  first_conv: 'Mel input layer',
  up: 'Upsampling blocks, from the mel to the waveform',
  down: 'Downsampling blocks, which see the noisy waveform',
  film: 'FiLM layers, which connect the two',
  last_conv: 'Waveform output layer',
  enter: 'Input layers for the mel, the pitch, the noisy waveform and its noise level',
  blocks: 'Blocks on the frames',
  leave: 'Spectrum output layer',
}

export const termTexts: Readonly<Record<string, string>> = {
  loss: 'Loss',
  stft: 'STFT',
  mel: 'Mel',
  wavegrad: 'WaveGrad',
}

export const heldOutTexts = [
  {
    name: 'networkMelErrorNats',
    label: 'Network’s own mel error',
    unit: 'nat',
    decimals: 3,
  },
  { name: 'melErrorNats', label: 'Mel error as heard', unit: 'nat', decimals: 3 },
  { name: 'stftError', label: 'STFT error as heard', unit: '', decimals: 3 },
] as const
