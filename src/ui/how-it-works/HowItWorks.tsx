/** The region that explains the two vocoders. */
import { lazy } from 'react'
import { LateSection } from '../shell/LazySection.tsx'

const HowItWorksBody = lazy(() => import('./HowItWorksBody.tsx'))

export function HowItWorks() {
  return (
    <LateSection
      id="how-it-works"
      heading="How it works"
      line="What the two vocoders do and in what they differ, in two minutes."
    >
      <HowItWorksBody />
    </LateSection>
  )
}
