/** Gives a plan to others: as a link that opens it on their copy of the page, or as a file. */
import type { TestPlan } from '../../../listening/plans/test-plan.ts'
import { DownloadButton } from '../../controls/buttons/DownloadButton.tsx'
import { Icon } from '../../controls/icons.tsx'
import { useCopy } from '../../controls/use-copy.ts'
import { useActions } from '../../shell/page-context.ts'

const linkContent =
  'The link to this test holds the plan with its models and seeds, but no audio and no answers.'

export function SendPlan({ plan }: { readonly plan: TestPlan | undefined }) {
  const { planAsFile, planAsHash } = useActions().test
  const { said, copy } = useCopy()

  async function copyAddress(): Promise<void> {
    const hash = plan && (await planAsHash(plan))
    if (hash) await copy(new URL(hash, location.origin + location.pathname).href, linkContent)
  }
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!plan}
        title={linkContent}
        onClick={() => void copyAddress()}
      >
        <Icon name="link" />
        Copy test link
      </button>
      <DownloadButton disabled={!plan} mimeType="application/json" makeFile={() => plan && planAsFile(plan)}>
        Download plan
      </DownloadButton>
      <span className="small soft" role="status">
        {said && `Copied. ${said}`}
      </span>
    </>
  )
}
