/** Copies a link to the view, its settings and its example, and says what the link cannot hold. */
import { joinList } from '../../../listening/text-format.ts'
import { pageAddress } from '../../../store/page-address.ts'
import type { PageState } from '../../../store/state.ts'
import { Icon } from '../../controls/icons.tsx'
import { useCopy } from '../../controls/use-copy.ts'
import { addressOf, type ViewId } from '../../navigation/view-id.ts'
import { usePageParts } from '../page-context.ts'
import styles from './Masthead.module.css'

export function CopyLink({ view }: { readonly view: ViewId }) {
  const { store } = usePageParts()
  const { said, copy } = useCopy()

  function copyAddress(): void {
    const state = store.getState()
    const address = new URL(pageAddress(state) + addressOf(view), location.href)
    void copy(address.href, linkContent(state))
  }
  return (
    <span className={styles.copy}>
      <button type="button" className="button quiet small" title="Copy link" onClick={copyAddress}>
        <Icon name="link" />
        <span className={styles.copyText}>Copy link</span>
      </button>
      <span role="status" className={styles.copied}>
        {said && `Copied. ${said}`}
      </span>
    </span>
  )
}

/** Describes what the link holds, and what must be sent along with it. */
function linkContent({ source: { current }, takes, models }: PageState): string {
  const missing = [
    ...(current && !current.exampleId ? [`your file “${current.title}”`] : []),
    ...(takes.all.some(({ system }) => system === 'file') ? ['the audio that you added'] : []),
    ...(models.chosenId ? ['your fine-tuned model'] : []),
  ]
  const held = current?.exampleId ? 'this view, the settings and the example' : 'this view and the settings'
  if (missing.length === 0) return `The link holds ${held}; takes are made again.`
  return `The link holds ${held}. It cannot hold ${joinList(missing)}: send that along.`
}
