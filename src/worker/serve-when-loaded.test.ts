import { afterEach, expect, test, vi } from 'vitest'
import { serveWhenLoaded } from './serve-when-loaded.ts'

/** The global scope of a worker. */
const scope = new EventTarget()
const reportError = vi.fn()
vi.stubGlobal('addEventListener', scope.addEventListener.bind(scope))
vi.stubGlobal('removeEventListener', scope.removeEventListener.bind(scope))
vi.stubGlobal('dispatchEvent', scope.dispatchEvent.bind(scope))
vi.stubGlobal('reportError', reportError)
afterEach(() => reportError.mockReset())

const post = (data: unknown) => scope.dispatchEvent(new MessageEvent('message', { data }))

test('what is posted before the code has loaded is delivered once it serves, in order, and nothing twice', async () => {
  const received: unknown[] = []
  let loaded = () => {}
  const serving = serveWhenLoaded(async () => {
    await new Promise<void>((resolve) => {
      loaded = resolve
    })
    scope.addEventListener('message', (event) => received.push((event as MessageEvent).data))
  })
  post(1)
  post({ two: 2 })
  expect(received).toEqual([])
  loaded()
  await serving
  post(3)
  expect(received).toEqual([1, { two: 2 }, 3])
  expect(reportError).not.toHaveBeenCalled()
})

test('code that cannot be fetched is reported as an error of the worker', async () => {
  const failure = new Error('offline')
  await serveWhenLoaded(() => Promise.reject(failure))
  expect(reportError).toHaveBeenCalledExactlyOnceWith(failure)
})
