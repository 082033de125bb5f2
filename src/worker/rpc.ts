/**
 * Typed calls across a worker boundary. One map gives the payload, reply and progress of each kind of call. Every
 * message carries the call's id, a call is cancelled by its id, and errors cross as plain `Problem`s. The code depends
 * on ports and not on workers, so tests can run it over a MessageChannel. A closed connection drops late messages, so
 * an old worker cannot answer for a new one.
 */
import { abortError, type Problem, ProblemError, toProblem } from '../base/problem.ts'
import { maxSpareBytes, SpareBuffers } from './spare-buffers.ts'

/** The map that both sides share, such as `{ add: { payload: [number, number]; reply: number; progress: never } }`. */
export type CallMap = { [kind: string]: { payload: unknown; reply: unknown; progress: unknown } }

/** The methods that a Worker, a MessagePort and a worker's global scope have in common. */
export type Port = {
  postMessage(message: unknown, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

export type CallOptions<Progress> = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export type CallContext<Progress> = {
  readonly signal: AbortSignal
  /** Tells the caller of progress; buffers in `transfer` are handed over, others copied. */
  readonly onProgress: (progress: Progress, transfer?: readonly ArrayBuffer[]) => void
}

export type Handlers<Calls extends CallMap> = {
  [Kind in keyof Calls]: (
    payload: Calls[Kind]['payload'],
    context: CallContext<Calls[Kind]['progress']>,
  ) => Promise<Calls[Kind]['reply']>
}

export type Connection<Calls extends CallMap> = {
  call<Kind extends keyof Calls & string>(
    kind: Kind,
    payload: Calls[Kind]['payload'],
    options?: CallOptions<Calls[Kind]['progress']>,
  ): Promise<Calls[Kind]['reply']>
  /** Rejects every call in progress with `problem` and drops later messages. */
  close(problem: Problem): void
}

type Message =
  | { readonly type: 'call'; readonly id: number; readonly kind: string; readonly payload: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | {
      readonly type: 'reply'
      readonly id: number
      readonly value: unknown
      readonly spare: readonly ArrayBuffer[]
    }
  | { readonly type: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly type: 'aborted'; readonly id: number }
  | { readonly type: 'problem'; readonly id: number; readonly problem: Problem }

/** Finds the buffers of the typed arrays in a tree of plain values. Calls and replies transfer them. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer)
  } else if (value && typeof value === 'object') {
    for (const member of Object.values(value)) buffersOf(member, found)
  }
  return [...found]
}

export type ServeOptions = {
  /** Whether handlers forget their payload with their answer, so that its arrays can carry another. */
  readonly returnsPayloads?: boolean
}

/**
 * Answers calls that arrive on `port`. Handlers must return arrays that nothing else holds, as they are transferred.
 */
export function serve<Calls extends CallMap>(
  port: Port,
  handlers: Handlers<Calls>,
  { returnsPayloads = false }: ServeOptions = {},
): void {
  const running = new Map<number, AbortController>()
  const send = (message: Message, transfer: Transferable[] = []) => port.postMessage(message, transfer)
  port.addEventListener('message', async ({ data }: MessageEvent<Message>) => {
    if (data.type === 'cancel') running.get(data.id)?.abort()
    if (data.type !== 'call') return
    const { id, kind, payload } = data
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const value = await handlers[kind](payload, {
        signal: controller.signal,
        onProgress: (value, transfer = []) => send({ type: 'progress', id, value }, [...transfer]),
      })
      const returned = buffersOf(value)
      const spare = returnsPayloads ? spareOf(payload, returned) : []
      send({ type: 'reply', id, value, spare }, [...returned, ...spare])
    } catch (thrown) {
      if (controller.signal.aborted) send({ type: 'aborted', id })
      else send({ type: 'problem', id, problem: toProblem(thrown) })
    } finally {
      running.delete(id)
    }
  })
}

const spareOf = (payload: unknown, returned: readonly ArrayBuffer[]) =>
  buffersOf(payload).filter(
    (buffer) => !returned.includes(buffer) && buffer.byteLength > 0 && buffer.byteLength <= maxSpareBytes,
  )

type Pending = {
  readonly resolve: (value: never) => void
  readonly reject: (reason: unknown) => void
  readonly onProgress?: (progress: never) => void
}

/**
 * Copies a tree of plain values with its typed arrays, so that their buffers can be transferred. Posting them as they
 * are would copy them twice, into the message and out of it.
 */
function withOwnArrays(value: unknown, spare: SpareBuffers): unknown {
  if (ArrayBuffer.isView(value)) return spare.copyOf(value)
  if (Array.isArray(value)) return value.map((member) => withOwnArrays(member, spare))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withOwnArrays(member, spare)]))
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The calling side of `serve`. Payloads are copied, so the caller keeps its input even if the worker dies. */
export function connect<Calls extends CallMap>(port: Port): Connection<Calls> {
  const pending = new Map<number, Pending>()
  const spare = new SpareBuffers()
  let nextId = 0
  let closed: Problem | undefined

  const listener = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'reply') spare.add(data.spare)
    const call = pending.get(data.id)
    if (!call) return
    if (data.type === 'progress') {
      call.onProgress?.(data.value as never)
      return
    }
    pending.delete(data.id)
    if (data.type === 'reply') call.resolve(data.value as never)
    else if (data.type === 'aborted') call.reject(abortError())
    else if (data.type === 'problem') call.reject(new ProblemError(data.problem))
  }
  port.addEventListener('message', listener)

  return {
    call(kind, payload, { signal, onProgress } = {}) {
      if (closed) return Promise.reject(new ProblemError(closed))
      if (signal?.aborted) return Promise.reject(abortError())
      const id = nextId++
      const cancel = () => port.postMessage({ type: 'cancel', id } satisfies Message, [])
      signal?.addEventListener('abort', cancel)
      return new Promise<never>((resolve, reject) => {
        // After a cancel the caller may have begun another job and would mistake late progress for that of the new one.
        const tell = onProgress && ((value: never) => signal?.aborted || onProgress(value))
        pending.set(id, { resolve, reject, onProgress: tell })
        const copy = withOwnArrays(payload, spare)
        port.postMessage({ type: 'call', id, kind, payload: copy } satisfies Message, buffersOf(copy))
      }).finally(() => signal?.removeEventListener('abort', cancel))
    },
    close(problem) {
      closed = problem
      port.removeEventListener('message', listener)
      for (const call of pending.values()) call.reject(new ProblemError(problem))
      pending.clear()
    },
  }
}
