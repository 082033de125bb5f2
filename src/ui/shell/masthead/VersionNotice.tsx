/** Offers a new version of the page. An update is never forced, because a reload would lose the takes. */
import { useCallback, useState } from 'react'
import { Notice } from '../../controls/Notice.tsx'
import { useEarlyActions, useEarlyPage } from '../page-context.ts'
import { useNewVersion } from './use-new-version.ts'

const refused =
  'This browser does not let the page be stored, so it needs a network at every visit. All else works.'

export default function VersionNotice() {
  const isLoading = useEarlyPage(
    ({ synthesis, models }) =>
      !synthesis || synthesis.engine.state === 'starting' || Object.keys(models?.loads ?? {}).length > 0,
  )
  const [hasLoaded, setLoaded] = useState(false)
  if (!isLoading && !hasLoaded) setLoaded(true)
  const { note } = useEarlyActions().problems
  const onRefused = useCallback(() => note(refused), [note])
  const take = useNewVersion(hasLoaded, onRefused)
  const [isPutOff, setPutOff] = useState(false)
  if (!take || isPutOff) return null
  return (
    <Notice
      label="New version"
      colour="--infergrad"
      text="A new version of this page is ready. Loading it reloads this tab, so download the takes that you want to keep and close the page’s other tabs first."
    >
      <button type="button" className="button primary" onClick={take}>
        Load the new version
      </button>
      <button type="button" className="button quiet" onClick={() => setPutOff(true)}>
        Later
      </button>
    </Notice>
  )
}
