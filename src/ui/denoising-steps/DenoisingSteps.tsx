/** The reverse process as a film strip. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const DenoisingStepsBody = lazy(() => import('./DenoisingStepsBody.tsx'))

export function DenoisingSteps() {
  return (
    <LazySection
      id="film"
      heading="Step by step"
      line="What each model takes for the waveform after every step of the reverse process, to look at and to hear."
    >
      <DenoisingStepsBody />
    </LazySection>
  )
}
