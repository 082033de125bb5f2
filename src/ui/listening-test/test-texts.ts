/** Texts for the kinds of test. */
import type { TestKind } from '../../listening/plans/test-plan.ts'

export const testNames: Readonly<Record<TestKind, string>> = {
  abx: 'ABX',
  preference: 'Preference',
  cmos: 'CMOS',
  mushra: 'MUSHRA',
}

/** External tests rely on these button names. */
export const startTexts: Readonly<Record<TestKind, string>> = {
  abx: 'Start ABX test',
  preference: 'Start preference test',
  cmos: 'Start CMOS test',
  mushra: 'Start MUSHRA test',
}

/** MUSHRA counts pages instead of trials. */
export const unitOf = (kind: TestKind) => (kind === 'mushra' ? 'page' : 'trial')

export const kindLines: Readonly<Record<TestKind, string>> = {
  abx: 'Can you hear a difference at all? X is either A or B, and you say which. Guessing gets about half right.',
  preference: 'Which do you prefer? You hear two at a time, in hidden order, over several clips.',
  cmos: 'How much better is one than the other? You rate B against A from −3 to 3 (ITU-T P.800), over several clips.',
  mushra:
    'How good is each? You rate all of them side by side from 0 to 100 against the recording. A hidden copy of the recording and two deliberately poor versions are among them (ITU-R BS.1534).',
}

/** CMOS grades of B against A, from -3 to 3. */
export const comparisons = [
  'Much worse',
  'Worse',
  'Slightly worse',
  'About the same',
  'Slightly better',
  'Better',
  'Much better',
] as const

/** MUSHRA labels from the top of the scale down; each covers a fifth of it. */
export const qualities = ['Excellent', 'Good', 'Fair', 'Poor', 'Bad'] as const

/** Returns the label of a rating from 0 to 100. */
export function qualityOf(rating: number): string {
  return qualities[Math.min(4, Math.floor((100 - rating) / 20))]
}
