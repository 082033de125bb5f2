/** Blind listening tests, from plan to result. */
import { lazy } from 'react'
import { LazySection } from '../shell/LazySection.tsx'

const ListeningTestBody = lazy(() => import('./ListeningTestBody.tsx'))

export function ListeningTest() {
  return (
    <LazySection
      id="listening-test"
      heading="Listening test"
      line="Find out whether you hear a difference, and what you prefer, without knowing which is which: ABX, preference, CMOS and MUSHRA."
      drop="test"
    >
      <ListeningTestBody />
    </LazySection>
  )
}
