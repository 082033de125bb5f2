/** What `fetch` finds when the page's `public/` is served: the shipped models, and whatever a test puts in their place. */

const shipped = {
  ...import.meta.glob<string>('../../../public/models/*/*.safetensors', {
    query: '?url&inline',
    import: 'default',
  }),
  ...import.meta.glob<string>('../../../public/models/**/*.json', {
    query: '?url&inline',
    import: 'default',
  }),
}

export const baseUrl = 'http://page.test/app/'

/** A reply for a path below `models/`; undefined leaves the path as it is. */
export type Replies = (path: string) => Response | Promise<Response> | undefined

export function serveFiles(replies: Replies = () => undefined): typeof fetch {
  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const path = url.href.slice(`${baseUrl}models/`.length)
    const reply = replies(path)
    if (reply) return reply
    const load = shipped[`../../../public/models/${path}`]
    if (!url.href.startsWith(`${baseUrl}models/`) || !load) return new Response(null, { status: 404 })
    return fetch(await load())
  }
}
