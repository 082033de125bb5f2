/**
 * The views of the page in the order of the navigation: their addresses, their labels, and the regions that each shows.
 * The content of a view is loaded when it is first opened; that of the first view comes with the page.
 */
import type { ComponentType } from 'react'
import { Samples } from '../samples/Samples.tsx'
import { lazyPart } from '../shell/lazy-part.ts'
import type { ViewId } from './view-id.ts'

/** A part of a view that has its own heading, which is shown while its body loads. */
export type HeadedRegion = {
  /** Id of the region, used by links. */
  readonly id: string
  readonly heading: string
  readonly line: string
  /** Purpose of files dropped on the region; by default they become the page's source. */
  readonly drop?: 'batch' | 'voice' | 'test'
  readonly Body: ComponentType
}

/** A part of a view that is a region of its own. */
export type OwnRegion = { readonly id: string; readonly Region: ComponentType }

export type View = {
  /** The view's address is `#/` and its id. */
  readonly id: ViewId
  /** Label in the navigation, and title of the window. */
  readonly label: string
  /** Panels of the side column: only those that apply to the view. */
  readonly side: readonly SidePanel[]
  /** The player at the bottom; a blind test has its own. */
  readonly player: 'samples' | 'takes' | 'none'
  readonly regions: readonly (HeadedRegion | OwnRegion)[]
  /** Targets of links from before there were views. */
  readonly oldIds?: readonly string[]
}

/** `steps` is the setting for the number of steps, `settings` all others. */
export type SidePanel = 'source' | 'steps' | 'settings' | 'synthesis'

export const views: readonly View[] = [
  {
    id: 'start',
    label: 'Start',
    side: [],
    player: 'samples',
    regions: [{ id: 'samples', Region: Samples }],
  },
  {
    id: 'listen',
    label: 'Listen',
    side: ['source', 'steps', 'settings', 'synthesis'],
    player: 'takes',
    regions: [
      { id: 'input', Region: lazyPart(() => import('../source/InputMel.tsx')) },
      { id: 'takes', Region: lazyPart(() => import('../takes/Takes.tsx')) },
      {
        id: 'differences',
        heading: 'Differences',
        line: 'See what one take adds or lacks compared with another, over time and over frequency.',
        Body: lazyPart(() => import('../takes/differences/DifferencesBody.tsx')),
      },
    ],
    oldIds: ['takes', 'differences'],
  },
  {
    id: 'inside',
    label: 'Inside',
    side: ['source', 'steps', 'settings'],
    player: 'takes',
    regions: [
      {
        id: 'denoising-steps',
        heading: 'Step by step',
        line: 'Each model’s estimate of the waveform after every step, to see and to hear.',
        Body: lazyPart(() => import('../denoising-steps/DenoisingStepsBody.tsx')),
      },
    ],
    oldIds: ['denoising-steps', 'film'],
  },
  {
    id: 'compare',
    label: 'Compare',
    side: ['source', 'settings'],
    player: 'none',
    regions: [
      {
        id: 'results',
        heading: 'Compare models and steps',
        line: 'Every clip by every system: click a cell to make it on your machine and hear it. The authors’ own figures are beside yours.',
        Body: lazyPart(() => import('../comparison/ComparisonBody.tsx')),
      },
    ],
    oldIds: ['results'],
  },
  {
    id: 'test',
    label: 'Blind test',
    side: [],
    player: 'none',
    regions: [
      {
        id: 'listening-test',
        heading: 'Blind test',
        line: 'Find out whether you hear a difference, and which you prefer, without knowing which is which: ABX, preference, CMOS and MUSHRA.',
        drop: 'test',
        Body: lazyPart(() => import('../listening-test/ListeningTestBody.tsx')),
      },
    ],
    oldIds: ['listening-test'],
  },
  {
    id: 'batch',
    label: 'Batch',
    side: ['steps', 'settings'],
    player: 'takes',
    regions: [
      {
        id: 'batch-files',
        heading: 'Batch',
        line: 'Many mels or recordings at once: takes, figures and one zip.',
        drop: 'batch',
        Body: lazyPart(() => import('../batch/BatchBody.tsx')),
      },
    ],
    oldIds: ['batch'],
  },
  {
    id: 'tune',
    label: 'Fine-tune',
    side: [],
    player: 'takes',
    regions: [
      {
        id: 'fine-tune',
        heading: 'Fine-tune',
        line: 'Teach a model a new voice: a minute of speech and a few minutes of training give you weights of your own. Nothing leaves your machine.',
        drop: 'voice',
        Body: lazyPart(() => import('../fine-tune/FineTuneBody.tsx')),
      },
    ],
    oldIds: ['fine-tune'],
  },
  {
    id: 'learn',
    label: 'How it works',
    side: [],
    player: 'takes',
    regions: [
      {
        id: 'how-it-works',
        heading: 'How it works',
        line: 'How the two vocoders work and how they differ, in two minutes.',
        Body: lazyPart(() => import('../how-it-works/HowItWorksBody.tsx')),
      },
    ],
    oldIds: ['how-it-works'],
  },
]
