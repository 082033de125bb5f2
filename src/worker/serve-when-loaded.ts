/** Workers whose code comes in a chunk: calls may arrive before it. */

/**
 * Calls `load`, which loads the code and begins to serve, and delivers the messages again that came before. If it fails,
 * the worker reports that as an error, which its supervisor notices.
 */
export async function serveWhenLoaded(load: () => Promise<void>): Promise<void> {
  const early: unknown[] = []
  const hold = ({ data }: MessageEvent) => early.push(data)
  addEventListener('message', hold)
  try {
    await load()
  } catch (thrown) {
    reportError(thrown)
    return
  } finally {
    removeEventListener('message', hold)
  }
  for (const data of early) dispatchEvent(new MessageEvent('message', { data }))
}
