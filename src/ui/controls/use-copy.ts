/** Copies a text to the clipboard and reports that for a few seconds. */
import { useEffect, useState } from 'react'

const shownMs = 6000

type Copy = {
  /** The text about the last copy, for a few seconds. */
  readonly said: string | undefined
  /** Copies `text`; if the browser refuses, shows it under the words of `about`, so that it can be copied by hand. */
  readonly copy: (text: string, about: string) => Promise<void>
}

export function useCopy(): Copy {
  const [said, setSaid] = useState<{ readonly about: string }>()
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [said])
  return {
    said: said?.about,
    async copy(text, about) {
      try {
        await navigator.clipboard.writeText(text)
        // A new object restarts the timer if the same text is copied again.
        setSaid({ about })
      } catch {
        prompt(about, text)
      }
    },
  }
}
