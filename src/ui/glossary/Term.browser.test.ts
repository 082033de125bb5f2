import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { glossary } from './glossary.ts'
import { Term } from './Term.tsx'

const seed = { name: 'seed', children: 'seed' } as const

let host: HTMLElement
let root: ReturnType<typeof createRoot>

beforeEach(() => {
  host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
  flushSync(() => root.render(createElement(Term, seed)))
})

afterEach(() => {
  flushSync(() => root.unmount())
  host.remove()
})

const word = () => host.querySelector('button') as HTMLButtonElement
const explanation = () => host.querySelector('[role="tooltip"]') as HTMLElement
const isShown = () => explanation().matches(':popover-open')
const shown = (wanted: boolean) => vi.waitFor(() => expect(isShown()).toBe(wanted))

test('the explanation describes the word, and appears on focus, hover and tap', async () => {
  expect(word().getAttribute('aria-describedby')).toBe(explanation().id)
  expect(explanation().textContent).toContain(glossary.seed.text)
  expect(isShown()).toBe(false)

  word().focus()
  await shown(true)
  word().blur()
  await shown(false)

  word().dispatchEvent(new PointerEvent('pointerover', { pointerType: 'mouse', bubbles: true }))
  await shown(true)
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  await shown(false)

  word().click()
  await shown(true)
})

test('it stays within the window', async () => {
  host.style.cssText = 'position: fixed; right: 0; bottom: 0'
  word().focus()
  await shown(true)
  const { left, top, right, bottom } = explanation().getBoundingClientRect()
  expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
  expect(right).toBeLessThanOrEqual(innerWidth)
  expect(bottom).toBeLessThanOrEqual(innerHeight)
})
