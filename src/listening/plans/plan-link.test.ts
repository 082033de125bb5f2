import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import { planOf } from '../testing/sessions.ts'
import { holdsPlan, planHash, readPlanHash } from './plan-link.ts'

const plan = planOf('cmos')
const codeOf = (hash: string) => hash.slice('#/test?plan='.length)
const toUrl: Readonly<Record<string, string>> = { '+': '-', '/': '_', '=': '' }
const hashOf = (text: string) =>
  `#/test?plan=${btoa(strFromU8(deflateSync(strToU8(text)), true)).replace(/[+/=]/g, (sign) => toUrl[sign])}`

test('a plan survives the way through a link, which any inflater can read', async () => {
  const hash = await planHash({ ...plan, title: 'Sätze – 比較' })
  expect(holdsPlan(hash)).toBe(true)
  expect(hash).toMatch(/^#\/test\?plan=[\w-]+$/)
  const binary = atob(codeOf(hash).replaceAll('-', '+').replaceAll('_', '/'))
  const text = strFromU8(inflateSync(strToU8(binary, true)))
  expect(JSON.parse(text)).toEqual({ ...plan, title: 'Sätze – 比較' })
  expect(await readPlanHash(hash)).toEqual({ ...plan, title: 'Sätze – 比較' })
})

test('a link to a prepared plan is short enough for a message', async () => {
  expect((await planHash(plan)).length).toBeLessThan(1000)
})

test('takes of this page are refused, because a link cannot hold audio', async () => {
  const take = { id: 'first', label: 'A take', kind: 'take', takeId: '1' } as const
  const takes = { ...planOf('abx'), conditions: [take, { ...take, id: 'second', takeId: '2' }] }
  await expect(planHash(takes)).rejects.toMatchObject({ problem: { code: 'plan-has-takes' } })
})

test('a link that was cut, changed or made by something else is refused', async () => {
  const hash = await planHash(plan)
  const refused = (bad: string) => expect(readPlanHash(bad)).rejects
  await refused(hash.slice(0, -10)).toMatchObject({ problem: { code: 'plan-link-damaged' } })
  await refused('#/test?plan=').toMatchObject({ problem: { code: 'plan-link-damaged' } })
  await refused('#/test?plan=%41%42').toMatchObject({ problem: { code: 'plan-link-damaged' } })
  await refused(hashOf('{"format":"other"}')).toMatchObject({
    problem: { code: 'plan-invalid', message: expect.stringContaining('The link') },
  })
  await refused(hashOf(JSON.stringify({ ...plan, version: 9 }))).toMatchObject({
    problem: { code: 'plan-version' },
  })
})

test('a short link that inflates to megabytes is refused without inflating all of it', async () => {
  const bomb = hashOf(' '.repeat(20_000_000))
  expect(bomb.length).toBeLessThan(30_000)
  await expect(readPlanHash(bomb)).rejects.toMatchObject({ problem: { code: 'plan-link-damaged' } })
})
