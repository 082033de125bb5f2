import {
  expectAccessible,
  exported,
  json,
  openShort,
  press,
  region,
  savedAnswers,
  stage,
  startAbx,
  trial,
} from './testing/listening-test-page.ts'
import { expect, open, openView, synthesize, test } from './testing/page.ts'

test('ABX of two takes with the mouse: finished, exported, opened again as plots', async ({ page }) => {
  await openShort(page)
  await synthesize(page)
  await openView(page, 'Blind test')
  await expect(region(page).getByLabel('First take')).toContainText('WaveGrad (take, 2 steps)')
  await startAbx(page, '8')
  await expectAccessible(page)
  const text = await region(page).innerHTML()
  for (const secret of ['WaveGrad', 'InferGrad', 'Griffin', 'sha256']) expect(text).not.toContain(secret)

  await expect(region(page).getByRole('button', { name: 'X is A' })).toBeDisabled()
  for (let number = 1; number <= 8; number++) {
    await expect(trial(page, number, 8)).toBeVisible()
    for (const name of ['Play A', 'Play B', 'Play X']) await press(page, name)
    if (number === 2) {
      await press(page, 'X is B')
      await press(page, 'Undo last answer')
    }
    await press(page, number % 2 ? 'X is A' : 'X is B')
  }
  await expect(region(page)).toContainText(/\d of 8 right/)
  const file = await exported(page)
  const { session } = JSON.parse(file.buffer.toString())
  expect(session).toMatchObject({ takenBack: 1, plan: { trials: 8 }, environment: { page: '0.2.0' } })
  expect(session.stimuli[0]).toMatchObject({
    gainDb: expect.any(Number),
    making: { betas: expect.any(Array) },
  })
  const right = session.answers.filter(
    ({ choice }: { choice: number }, index: number) => choice === session.trials[index].x,
  ).length
  await expect(region(page)).toContainText(`${right} of 8 right`)
  const table = await exported(page, 'Download CSV')
  expect(table.buffer.toString().trim().split(/\r?\n/).length).toBe(9)

  await press(page, 'New test')
  await expect(region(page).getByText('of 8 right')).toHaveCount(0)
  await region(page).getByLabel('Open a result file').setInputFiles(file)
  const opened = region(page).getByRole('region', { name: `Result of ${file.name}` })
  await expect(opened).toContainText(`${right} of 8 right`)
  await expect(opened.getByRole('img').first()).toBeVisible()

  // Opens an edited file, one of another version, and one that is not a result.
  await opened.getByRole('button', { name: /^Close/ }).click()
  const edited = file.buffer.toString().replace('"takenBack": 1', '"takenBack": 0')
  const newer = file.buffer.toString().replace('"version": 1', '"version": 9')
  await region(page)
    .getByLabel('Open a result file')
    .setInputFiles([json('edited.json', edited), json('newer.json', newer), json('other.json', '{}')])
  await expect(region(page).getByRole('region', { name: 'Result of edited.json' })).toContainText(
    'was changed',
  )
  await expect(page.getByRole('alert').filter({ hasText: 'newer.json' })).toContainText('version 9')
  await expect(page.getByRole('alert').filter({ hasText: 'other.json' })).toContainText('not a result')
})

test('16 ABX trials with the keyboard alone, with a reload in the middle', async ({ page }) => {
  await openShort(page)
  await openView(page, 'Blind test')
  await region(page).getByRole('button', { name: 'Start ABX test' }).focus()
  await page.keyboard.press('Enter')
  await expect(trial(page, 1, 16)).toBeFocused({ timeout: 60_000 })
  const answer = async (from: number, to: number) => {
    for (let number = from; number <= to; number++) {
      await expect(trial(page, number, 16)).toBeVisible()
      for (const key of ['a', 'b', 'x', number % 2 ? '1' : '2']) await page.keyboard.press(key)
    }
  }
  await answer(1, 5)
  await expect(trial(page, 6, 16)).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(trial(page, 5, 16)).toBeVisible()
  await page.keyboard.press('1')
  await expect(trial(page, 6, 16)).toBeFocused()

  await expect.poll(() => savedAnswers(page)).toEqual({ answers: 5, takenBack: 1 })
  await page.reload()
  await region(page).getByRole('button', { name: 'Resume the test (trial 6 of 16)' }).focus()
  await page.keyboard.press('Enter')
  await answer(6, 16)
  const result = region(page).getByRole('region', { name: 'Result of the test' })
  await expect(result).toBeFocused()
  await expect(result).toContainText(/\d+ of 16 right/)
  // A finished test stays stored, too.
  await expect.poll(() => savedAnswers(page)).toEqual({ answers: 16, takenBack: 1 })
  await page.reload()
  await expect(result).toContainText(/\d+ of 16 right/)
  await press(page, 'New test')
  await expect(region(page).getByRole('region', { name: 'Setting up a test' })).toBeFocused()
})

test('during a test nothing else can be seen or reached, and back stays on it', async ({ page }) => {
  await openShort(page)
  await synthesize(page)
  await openView(page, 'Blind test')
  await startAbx(page, '8')
  await expect(stage(page)).toBeVisible()
  await page.evaluate(() => new Promise(requestAnimationFrame))
  const strangers = await page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]')
    const found: string[] = []
    for (let x = 5; x < innerWidth; x += 60)
      for (let y = 5; y < innerHeight; y += 60) {
        const element = document.elementFromPoint(x, y)
        if (element && !dialog?.contains(element)) found.push(element.outerHTML.slice(0, 80))
      }
    return found
  })
  expect(strangers).toEqual([])
  for (let press = 0; press < 20; press++) {
    await page.keyboard.press('Tab')
    const isOutside = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement !== document.body && !activeElement?.closest('dialog')
    })
    expect(isOutside).toBe(false)
  }
  const before = new URL(page.url()).hash
  await page.evaluate(() => {
    location.hash = '#takes'
  })
  await expect.poll(() => new URL(page.url()).hash).toBe(before)
  await expect(trial(page, 1, 8)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(stage(page).getByRole('group', { name: 'Stop the test' })).toBeVisible()
  await press(page, 'Discard the test')
  await expect(stage(page)).toHaveCount(0)
})

test('a rehearsal shows its answers, and the test follows without making anything again', async ({
  page,
}) => {
  await openShort(page)
  await openView(page, 'Blind test')
  await press(page, 'Rehearse')
  for (const number of [1, 2]) {
    await expect(trial(page, number, 2)).toBeVisible({ timeout: 60_000 })
    for (const name of ['Play A', 'Play B', 'Play X', 'X is A']) await press(page, name)
    const answer = stage(page).getByRole('region', { name: 'Answer' })
    await expect(answer).toContainText(/^(Correct: X is A|Not correct: X is B)\./)
    await expect(answer).toContainText('InferGrad, 2 steps')
    await expectAccessible(page)
    await answer.getByRole('button').click()
  }
  const end = stage(page).getByRole('region', { name: 'End of the rehearsal' })
  await expect(end).toBeFocused()
  const isMadeAgain = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const shows = (label: string) => document.querySelector(`[aria-label="${label}"]`) !== null
        new MutationObserver(() => {
          if (shows('Making the stimuli')) resolve(true)
          else if (shows('Trial 1 of 16')) resolve(false)
        }).observe(document.body, { childList: true, subtree: true, attributes: true })
      }),
  )
  await end.getByRole('button', { name: 'Start ABX test' }).click()
  await expect(trial(page, 1, 16)).toBeVisible()
  expect(await isMadeAgain).toBe(false)
  await press(page, 'Stop test')
  await press(page, 'Discard the test')
})

test('a colleague takes the test of a link by keyboard alone, and the sender opens the result', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, '?example=lj-modern')
  await openView(page, 'Blind test')
  await region(page).getByLabel('Trials').selectOption('8')
  await press(page, 'Copy test link')
  await expect(region(page).getByText('Copied. The link to this test holds the plan')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/\/#\/test\?plan=[\w-]+$/)

  const profile = await browser.newContext({ serviceWorkers: 'block' })
  const colleague = await profile.newPage()
  await colleague.goto(link)
  const plan = region(colleague).getByRole('region', { name: 'Opened test plan' })
  await expect(plan).toContainText('ABX test from a link')
  await expect(plan).toContainText('infergrad-frames, seed 1')
  const start = plan.getByRole('button', { name: 'Start ABX test' })
  await expect(start).toBeEnabled({ timeout: 60_000 })
  // It is the first thing that the key reaches.
  await colleague.keyboard.press('Tab')
  await expect(start).toBeFocused()
  await colleague.keyboard.press('Enter')
  for (let number = 1; number <= 8; number++) {
    await expect(trial(colleague, number, 8)).toBeVisible({ timeout: 90_000 })
    for (const key of ['a', 'b', 'x', '1']) await colleague.keyboard.press(key)
  }
  await expect(region(colleague)).toContainText('Send the exported file to the person who gave you the link')
  const file = await exported(colleague)
  await profile.close()

  await region(page).getByLabel('Open a result file').setInputFiles(file)
  const result = region(page).getByRole('region', { name: `Result of ${file.name}` })
  await expect(result).toContainText(/\d of 8 right/)
  await expect(result.getByText(/of 8\s*right: /)).toBeInViewport()
})

test('a damaged link to a test says so', async ({ page }) => {
  await page.goto('./#/test?plan=hVDNasMwDH4Vo7MD')
  await expect(page.getByRole('alert')).toContainText('The link to a listening test is damaged')
})

test('MUSHRA, CMOS and preference tests run; a plan is saved and opened', async ({ page }) => {
  await openShort(page)
  await openView(page, 'Blind test')
  const kind = (name: string) => region(page).getByRole('radio', { name, exact: true }).check()
  const only = async (legend: string, names: readonly string[]) => {
    const group = region(page).getByRole('group', { name: legend })
    for (const name of names) await group.getByRole('checkbox', { name, exact: true }).check()
    for (const label of await group.locator('label:has(input:checked)').allTextContents())
      if (!names.includes(label)) await group.getByRole('checkbox', { name: label, exact: true }).uncheck()
  }
  await kind('CMOS')
  await only('Compared conditions', ['InferGrad, 1 step', 'Griffin-Lim'])
  await only('Clips', ['The open clip: tacotron2-32.npy'])
  const plan = await exported(page, 'Download plan')
  await region(page).getByLabel('Each pair, on each clip').selectOption('1')
  await press(page, 'Start CMOS test')
  await expect(trial(page, 1, 1)).toBeVisible()
  for (const name of ['Play A', 'Play B', 'Slightly better']) await press(page, name)
  await expect(region(page).getByRole('region', { name: 'Result of the test' })).toContainText('Griffin-Lim')
  await press(page, 'New test')

  await kind('Preference')
  const text = plan.buffer.toString()
  await region(page)
    .getByLabel('Open a test plan')
    .setInputFiles({ ...plan, name: 'plan.json' })
  await expect(region(page).getByRole('region', { name: 'Opened test plan' })).toContainText('plan.json')
  await press(page, 'Close plan')
  const missing = text.replace('"infergrad-frames"', '"infergrad-huge"')
  await region(page).getByLabel('Open a test plan').setInputFiles(json('missing.json', missing))
  await expect(region(page).getByRole('region', { name: 'Opened test plan' })).toContainText(
    'a model that this page does not have: infergrad-huge',
  )
  await press(page, 'Start CMOS test')
  const alert = page.getByRole('alert').filter({ hasText: 'infergrad-huge' })
  await expect(alert).toContainText('wavegrad-frames')
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await press(page, 'Close plan')

  await kind('MUSHRA')
  await only('Rated conditions', ['Griffin-Lim'])
  await only('Clips', ['A synthetic voice, with its audio'])
  await expectAccessible(page)
  await press(page, 'Start MUSHRA test')
  await expect(region(page).getByRole('region', { name: 'Page 1 of 1' })).toBeFocused({ timeout: 60_000 })
  await expectAccessible(page)
  await page.keyboard.press('r')
  for (const number of ['1', '2', '3', '4']) {
    await page.keyboard.press(number)
    await expect(region(page).getByRole('slider', { name: `Rating of condition ${number}` })).toBeFocused()
    await expect(region(page).getByRole('button', { name: 'Next' })).toBeDisabled()
    await page.keyboard.press('ArrowUp')
  }
  await page.keyboard.press('Enter')
  await expect(region(page).getByRole('region', { name: 'Result of the test' })).toContainText(
    'Hidden reference',
  )
  await expectAccessible(page)
})

test.describe('without an audio output', () => {
  test('the page reports it, counts nothing as heard, and the test can be stopped', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'AudioContext', {
        value: class {
          constructor() {
            throw new Error('no device')
          }
        },
      })
    })
    await openShort(page)
    await openView(page, 'Blind test')
    await startAbx(page, '8')
    await press(page, 'Play A')
    await expect(stage(page).getByRole('alert')).toContainText('no working audio output')
    await expect(region(page).getByRole('button', { name: 'Play A' })).toContainText('not heard')
    await expect(region(page).getByRole('button', { name: 'X is A' })).toBeDisabled()
    await press(page, 'Stop test')
    await press(page, 'Discard the test')
    await expect(region(page).getByRole('button', { name: 'Start ABX test' })).toBeEnabled()
  })
})
