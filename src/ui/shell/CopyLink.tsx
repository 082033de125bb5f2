/** Copies a link to the view, its settings and its example, and says what the link cannot hold. */
import { useEffect, useState } from 'react'
import { pageAddress } from '../../store/page-address.ts'
import type { PageState } from '../../store/state.ts'
import { Icon } from '../controls/icons.tsx'
import styles from './Masthead.module.css'
import { usePageParts } from './page-context.ts'
import { addressOf, type ViewId } from './view-id.ts'

const shownMs = 6000

export function CopyLink({ view }: { readonly view: ViewId }) {
  const { store } = usePageParts()
  const [copied, setCopied] = useState<{ readonly text: string }>()
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    const state = store.getState()
    const address = new URL(pageAddress(state) + addressOf(view), location.href)
    try {
      await navigator.clipboard.writeText(address.href)
      setCopied({ text: linkContent(state) })
    } catch {
      // The address bar shows the same link and needs no permission.
      prompt(linkContent(state), address.href)
    }
  }
  return (
    <span className={styles.copy}>
      <button type="button" className="button quiet small" onClick={() => void copy()}>
        <Icon name="link" />
        Copy link
      </button>
      <span role="status" className={styles.copied}>
        {copied && `Copied. ${copied.text}`}
      </span>
    </span>
  )
}

/** Says what the link holds, and what whoever opens it has to be given besides. */
function linkContent({ source: { current }, takes, models }: PageState): string {
  const missing = [
    ...(current && !current.exampleId ? [`your file “${current.title}”`] : []),
    ...(takes.all.some(({ system }) => system === 'file') ? ['the audio that you added'] : []),
    ...(models.chosenId ? ['your fine-tuned model'] : []),
  ]
  const held = current?.exampleId ? 'this view, the settings and the example' : 'this view and the settings'
  const last = missing.pop()
  if (!last) return `The link holds ${held}; takes are made anew.`
  const all = missing.length > 0 ? `${missing.join(', ')} and ${last}` : last
  return `The link holds ${held}. It cannot hold ${all}: send that along.`
}
