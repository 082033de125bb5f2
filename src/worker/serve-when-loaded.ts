/** Serves a worker whose code comes in a chunk, before which calls may arrive. */

/**
 * Calls `load`, which loads the code and begins to serve, and then delivers the messages that arrived earlier. If it
 * fails, the worker reports that as an error, which its supervisor notices.
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
