import { expect, test, vi } from 'vitest'
import { ProblemError } from '../base/problem.ts'
import { connect, type Port, serve } from './rpc.ts'

type Calls = {
  scale: { payload: { values: Float32Array; factor: number }; reply: Float32Array; progress: number }
  wait: { payload: null; reply: string; progress: string }
  refuse: { payload: null; reply: never; progress: never }
}

function pair() {
  const { port1, port2 } = new MessageChannel()
  port1.start()
  port2.start()
  serve<Calls>(port2 as Port, {
    async scale({ values, factor }, { onProgress }) {
      onProgress(0.5)
      return values.map((value) => value * factor)
    },
    wait: (_, { signal, onProgress }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          onProgress('leaving')
          reject(signal.reason)
        }),
      ),
    async refuse() {
      throw new ProblemError({ code: 'no', message: 'No.', remedy: 'Ask again.' })
    },
  })
  return connect<Calls>(port1 as Port)
}

test('a call answers, reports its progress, and leaves the payload with the caller', async () => {
  const connection = pair()
  const values = Float32Array.of(1, 2)
  const onProgress = vi.fn()
  expect(await connection.call('scale', { values, factor: 3 }, { onProgress })).toEqual(Float32Array.of(3, 6))
  expect(onProgress).toHaveBeenCalledWith(0.5)
  expect(values.length).toBe(2)
})

test('a payload is copied once: the message hands over its own arrays, which hold no more than their part', async () => {
  const post = vi.fn()
  const connection = connect<Calls>({ postMessage: post, addEventListener() {}, removeEventListener() {} })
  const values = new Float32Array(1000).fill(2).subarray(10, 30)
  void connection.call('scale', { values, factor: 3 })
  const [{ payload }, transferred] = post.mock.calls[0]
  expect(payload).toEqual({ values, factor: 3 })
  expect(transferred).toEqual([payload.values.buffer])
  expect(payload.values.buffer).not.toBe(values.buffer)
  expect(payload.values.buffer.byteLength).toBe(4 * 20)
})

test('what cannot be copied as plain values crosses as it is', async () => {
  const { port1, port2 } = new MessageChannel()
  port1.start()
  port2.start()
  type Given = { give: { payload: unknown; reply: unknown; progress: never } }
  serve<Given>(port2 as Port, { give: async (payload) => payload })
  const payload = {
    blob: new Blob(['abc']),
    names: new Set(['a']),
    list: [Float32Array.of(1), { deep: Uint8Array.of(2) }],
    view: new DataView(new ArrayBuffer(4)),
    none: null,
  }
  const reply = await connect<Given>(port1 as Port).call('give', payload)
  expect(reply).toEqual(payload)
  expect(payload.list[0]).toHaveLength(1)
})

test('progress hands over the buffers that its handler names', async () => {
  const { port1, port2 } = new MessageChannel()
  port1.start()
  port2.start()
  type Told = { tell: { payload: null; reply: number[]; progress: Float32Array<ArrayBuffer> } }
  serve<Told>(port2 as Port, {
    async tell(_, { onProgress }) {
      const [given, kept] = [Float32Array.of(1, 2), Float32Array.of(3)]
      onProgress(given, [given.buffer])
      onProgress(kept)
      return [given.length, kept.length]
    },
  })
  const seen: Float32Array[] = []
  const call = connect<Told>(port1 as Port).call('tell', null, { onProgress: (values) => seen.push(values) })
  expect(await call).toEqual([0, 1])
  expect(seen).toEqual([Float32Array.of(1, 2), Float32Array.of(3)])
})

test('if handlers forget their payloads, the buffers come back with the answer, unless they are the answer', async () => {
  const { port1, port2 } = new MessageChannel()
  port1.start()
  port2.start()
  type Sums = {
    sum: { payload: { values: Float32Array }; reply: number; progress: never }
    give: { payload: { values: Float32Array }; reply: Float32Array; progress: never }
  }
  const given: Float32Array[] = []
  serve<Sums>(
    port2 as Port,
    {
      async sum({ values }) {
        given.push(values)
        return values.reduce((sum, value) => sum + value, 0)
      },
      give: async ({ values }) => values,
    },
    { returnsPayloads: true },
  )
  const returned: number[][] = []
  port1.addEventListener('message', ({ data }) =>
    returned.push(data.spare.map(({ byteLength }: ArrayBuffer) => byteLength)),
  )
  const connection = connect<Sums>(port1 as Port)
  for (const value of [1, 2, 3])
    expect(await connection.call('sum', { values: new Float32Array(50).fill(value) })).toBe(50 * value)
  expect(await connection.call('sum', { values: new Float32Array(7).fill(1) })).toBe(7)
  expect(await connection.call('give', { values: Float32Array.of(5, 6) })).toEqual(Float32Array.of(5, 6))
  expect(given.map(({ length }) => length)).toEqual([0, 0, 0, 0])
  expect(returned).toEqual([[200], [200], [200], [28], []])
})

test('an aborted call rejects with AbortError, and the next one is served', async () => {
  const connection = pair()
  const controller = new AbortController()
  const waiting = connection.call('wait', null, { signal: controller.signal })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  expect(await connection.call('scale', { values: Float32Array.of(1), factor: 2 })).toEqual(
    Float32Array.of(2),
  )
})

test('a cancelled call reports no more progress', async () => {
  const controller = new AbortController()
  const onProgress = vi.fn()
  const waiting = pair().call('wait', null, { signal: controller.signal, onProgress })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  expect(onProgress).not.toHaveBeenCalled()
})

test('a problem crosses with its code and remedy', async () => {
  await expect(pair().call('refuse', null)).rejects.toMatchObject({
    problem: { code: 'no', remedy: 'Ask again.' },
  })
})

test('closing rejects calls in progress and later ones', async () => {
  const connection = pair()
  const waiting = connection.call('wait', null)
  connection.close({ code: 'worker-lost', message: 'Gone.' })
  await expect(waiting).rejects.toMatchObject({ problem: { code: 'worker-lost' } })
  await expect(connection.call('wait', null)).rejects.toMatchObject({ problem: { code: 'worker-lost' } })
})
