/** The sections of the page in order, with their labels in the navigation, their headings and their content. */
import { type ComponentType, lazy } from 'react'
import { Takes } from '../takes/Takes.tsx'

export type LazySectionParts = {
  /** Id of the region, used by links. */
  readonly id: string
  /** Label in the navigation. */
  readonly label: string
  readonly heading: string
  readonly line: string
  /** Purpose of files dropped on the section; by default they become the page's source. */
  readonly drop?: 'batch' | 'voice' | 'test'
  /** Content below the heading, loaded after the first paint. */
  readonly Body: ComponentType
}

/** A region that is present from the first paint and has its own heading. */
type EagerSection = Pick<LazySectionParts, 'id' | 'label'> & { readonly Region: ComponentType }

export const sections: readonly (EagerSection | LazySectionParts)[] = [
  { id: 'takes', label: 'Takes', Region: Takes },
  {
    id: 'differences',
    label: 'Differences',
    heading: 'Differences',
    line: 'The signed difference between two takes, over time and over frequency.',
    Body: lazy(() => import('../takes/DifferencesBody.tsx')),
  },
  {
    id: 'denoising-steps',
    label: 'Step by step',
    heading: 'Step by step',
    line: 'Each model’s estimate of the waveform after every step of the reverse process, to see and to hear.',
    Body: lazy(() => import('../denoising-steps/DenoisingStepsBody.tsx')),
  },
  {
    id: 'results',
    label: 'Results',
    heading: 'Results at 2, 3 and 6 steps',
    line: 'The comparison of the InferGrad paper on the clip that is open, made by this machine, with the authors’ own figures beside it.',
    Body: lazy(() => import('../comparison/ComparisonBody.tsx')),
  },
  {
    id: 'listening-test',
    label: 'Listening test',
    heading: 'Listening test',
    line: 'Find out whether you hear a difference, and what you prefer, without knowing which is which: ABX, preference, CMOS and MUSHRA.',
    drop: 'test',
    Body: lazy(() => import('../listening-test/ListeningTestBody.tsx')),
  },
  {
    id: 'batch',
    label: 'Batch',
    heading: 'Batch',
    line: 'Many mels or recordings at once: takes, figures and one zip.',
    drop: 'batch',
    Body: lazy(() => import('../batch/BatchBody.tsx')),
  },
  {
    id: 'fine-tune',
    label: 'Fine-tune',
    heading: 'Fine-tune',
    line: 'Teach a model a new voice: a minute of speech and a few minutes of training give you weights of your own. Nothing leaves this machine.',
    drop: 'voice',
    Body: lazy(() => import('../fine-tune/FineTuneBody.tsx')),
  },
  {
    id: 'how-it-works',
    label: 'How it works',
    heading: 'How it works',
    line: 'How the two vocoders work and how they differ, in two minutes.',
    Body: lazy(() => import('../how-it-works/HowItWorksBody.tsx')),
  },
]
