/** A `fetch` that serves the page's `public/`: the shipped models, and any files that a test substitutes. */
import tinyWeights from '../../model/fixtures/energy-v.weights.fixture.safetensors?url&inline'
import tinyFramesWeights from '../../model/fixtures/frames.weights.fixture.safetensors?url&inline'

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
const tinyConfigs = import.meta.glob<object>('../../model/fixtures/*.config.fixture.json', {
  import: 'default',
  eager: true,
})

export const baseUrl = 'http://page.test/app/'

/** Returns the response for a path below `models/`, or undefined to serve the file itself. */
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

/** A model of a few thousand random weights, for slow backends; its replies publish no other. */
export const tinyModel = publish('tiny-energy-v', tinyWeights)

/** Such a model with the network on Fourier frames. */
export const tinyFramesModel = publish('tiny-frames', tinyFramesWeights)

function publish(id: string, weights: string): { readonly id: string; readonly replies: Replies } {
  const replies: Replies = (path) => {
    if (path === 'index.json') return Response.json([id])
    if (path === `${id}/config.json`) return configReply(id, weights)
    if (path === `${id}/tiny.safetensors`) return fetch(weights)
    return undefined
  }
  return { id, replies }
}

async function configReply(id: string, url: string): Promise<Response> {
  const bytes = await (await fetch(url)).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const weights = { file: 'tiny.safetensors', sha256, parameters: bytes.byteLength / 4 }
  const config = tinyConfigs[`../../model/fixtures/${id.slice('tiny-'.length)}.config.fixture.json`]
  return Response.json({ ...config, weights })
}
