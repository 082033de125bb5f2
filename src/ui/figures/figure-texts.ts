/** Texts for the figures of a take: name, unit, which direction is better, and an explanation. */
import type { Quality } from '../../store/takes/take.ts'
import type { TermName } from '../glossary/glossary.ts'

type FigureName = keyof Extract<Quality, { against: 'recording' }>['figures']

export type FigureText = {
  readonly name: FigureName
  readonly label: string
  readonly unit: string
  readonly decimals: number
  readonly better: 'lower' | 'higher' | 'nearer to 0'
  readonly explanation: string
  /** Entry of the glossary. */
  readonly term?: TermName
}

export const figureTexts: readonly FigureText[] = [
  {
    name: 'melMae',
    label: 'Mel error',
    unit: 'nat',
    decimals: 3,
    better: 'lower',
    explanation: 'Mean absolute difference of the log-mel spectrograms, in nats (1 nat is 8.7 dB).',
  },
  {
    name: 'lsdDb',
    label: 'LSD',
    unit: 'dB',
    decimals: 2,
    better: 'lower',
    explanation: 'Log-spectral distance: the difference of the fine spectra, frame by frame.',
    term: 'lsd',
  },
  {
    name: 'mrstft',
    label: 'MR-STFT',
    unit: '',
    decimals: 3,
    better: 'lower',
    explanation:
      'Spectral convergence plus log-magnitude difference, over three resolutions of the short-time Fourier transform.',
    term: 'mr-stft',
  },
  {
    name: 'mcd13Db',
    label: 'MCD',
    unit: 'dB',
    decimals: 2,
    better: 'lower',
    explanation: 'Mel-cepstral distortion, 13 coefficients: the difference of the spectral envelopes.',
  },
  {
    name: 'stoi',
    label: 'STOI',
    unit: '',
    decimals: 3,
    better: 'higher',
    explanation: 'Short-time objective intelligibility: 1 is as easy to understand as the recording.',
  },
  {
    name: 'hfDb',
    label: '8–11 kHz',
    unit: 'dB',
    decimals: 1,
    better: 'nearer to 0',
    explanation: 'Energy above the mel, against the recording’s: positive is hiss, negative is dull.',
  },
  {
    name: 'levelDb',
    label: 'Level',
    unit: 'dB',
    decimals: 1,
    better: 'nearer to 0',
    explanation: 'How much louder than the recording it is, before levels are matched.',
  },
]

/** Returns a number that is smaller for better values, whichever direction of the figure is better. */
export function badness({ better }: Pick<FigureText, 'better'>, value: number): number {
  if (better === 'lower') return value
  return better === 'higher' ? -value : Math.abs(value)
}

/** Returns, for example, "Lower is better." */
export function betterText({ better }: FigureText): string {
  return `${better[0].toUpperCase()}${better.slice(1)} is better.`
}

/** Formats a value with a true minus sign. A value that is not finite becomes a dash. */
export function formatFigure(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals).replace('-', '−') : '–'
}
