/** The reverse process as a film strip. */
import { lazy } from 'react'
import { LateSection } from '../shell/LazySection.tsx'

const FilmBody = lazy(() => import('./DenoisingStepsBody.tsx'))

export function Film() {
  return (
    <LateSection
      id="film"
      heading="Step by step"
      line="What each model takes for the waveform after every step of the reverse process, to look at and to hear."
    >
      <FilmBody />
    </LateSection>
  )
}
