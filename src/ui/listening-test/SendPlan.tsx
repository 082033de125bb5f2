/** Gives a plan to others: as a link that opens it on their copy of the page, or as a file. */
import { useState } from 'react'
import type { TestPlan } from '../../listening/plans/test-plan.ts'
import { Icon } from '../controls/icons.tsx'
import { saveFile } from '../controls/save-file.ts'
import { useActions } from '../shell/page-context.ts'

const shownMilliseconds = 4000

export function SendPlan({ plan }: { readonly plan: TestPlan | undefined }) {
  const { planAsFile, planAsHash } = useActions().test
  const [copied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    const hash = plan && (await planAsHash(plan))
    if (!hash) return
    const address = new URL(hash, location.origin + location.pathname).href
    try {
      await navigator.clipboard.writeText(address)
      setCopied(true)
      setTimeout(() => setCopied(false), shownMilliseconds)
    } catch {
      prompt('The link to this test:', address)
    }
  }
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!plan}
        title="The link holds the plan with its models and seeds, but no audio and no answers"
        onClick={() => void copy()}
      >
        <Icon name="link" />
        {copied ? 'Copied' : 'Copy test link'}
      </button>
      <button
        type="button"
        className="button"
        disabled={!plan}
        onClick={async () => plan && saveFile(await planAsFile(plan), 'application/json')}
      >
        <Icon name="download" />
        Download plan
      </button>
      <span className="visually-hidden" role="status">
        {copied &&
          'The link to this test is on the clipboard. It holds the plan, but no audio and no answers.'}
      </span>
    </>
  )
}
