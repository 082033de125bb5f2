/** The page: the navigation at the top, the side column of the view, the view itself, and the player at the bottom. */
import { useEffect, useRef, useState } from 'react'
import { useView } from '../navigation/use-view.ts'
import { ViewContent } from '../navigation/ViewContent.tsx'
import { type View, views } from '../navigation/views.ts'
import styles from './App.module.css'
import { LazyBoundary } from './LazyBoundary.tsx'
import { lazyPart } from './lazy-part.ts'
import { Masthead } from './masthead/Masthead.tsx'
import { Problems } from './Problems.tsx'
import { useEarlyActions, useEarlyPage } from './page-context.ts'

const Side = lazyPart(() => import('./Side.tsx'))
const SamplePlayer = lazyPart(() => import('../samples/SamplePlayer.tsx'))
const Transport = lazyPart(() => import('../playback/Transport.tsx'))
const DropTarget = lazyPart(() => import('./opening/DropTarget.tsx'))
const VersionNotice = lazyPart(() => import('./masthead/VersionNotice.tsx'))

export function App() {
  const address = useView()
  const actions = useEarlyActions()
  // From its preparation to its last trial a blind test covers the page, and its view stays even if the address changes.
  const isTesting = useEarlyPage(({ test }) => (test?.current?.phase ?? 'done') !== 'done')
  const current = views.find(({ id }) => id === (isTesting ? 'test' : address.id)) ?? views[0]
  const main = useRef<HTMLElement>(null)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  if (!opened.has(current.id)) setOpened(new Set([...opened, current.id]))

  useEffect(() => {
    document.title = current.id === 'start' ? pageTitle : `${current.label} · InferGrad`
  }, [current])
  // The takes continue only in views in which they can be paused. Every other sound belongs to one view, which pauses it when left.
  useEffect(() => {
    if (current.player !== 'takes') actions.playback?.pause()
  }, [current, actions])
  useEffect(() => {
    if (address.unknown)
      actions.problems.note(`There is no view “${address.unknown}”. This is the first one.`)
  }, [address, actions])
  useEffect(() => {
    main.current?.scrollTo(0, 0)
    scrollTo(0, 0)
    if (address.regionId) document.getElementById(address.regionId)?.scrollIntoView()
    // The view that had the focus may be hidden now.
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [address])

  return (
    <div className={styles.page} data-drop={current.regions.map(dropOf).find((drop) => drop)}>
      <Masthead current={current} />
      <div className={styles.columns}>
        {current.side.length > 0 && (
          <LazyBoundary meanwhile={<div className={styles.side} />}>
            <Side panels={current.side} className={styles.side} />
          </LazyBoundary>
        )}
        <main ref={main} className={styles.main} tabIndex={-1}>
          <LazyBoundary meanwhile={null}>
            <VersionNotice />
          </LazyBoundary>
          <Problems />
          {views.map((view) => (
            <ViewContent
              key={view.id}
              view={view}
              isCurrent={view === current}
              isOpened={view === current || opened.has(view.id)}
            />
          ))}
        </main>
      </div>
      <LazyBoundary meanwhile={null}>
        {current.player === 'samples' && <SamplePlayer />}
        {current.player === 'takes' && <Transport />}
      </LazyBoundary>
      <LazyBoundary meanwhile={null}>
        <DropTarget showsSource={current.side.includes('source')} />
      </LazyBoundary>
    </div>
  )
}

/** Returns the purpose of the files that are dropped on a region, if it has one. */
const dropOf = (region: View['regions'][number]) => ('drop' in region ? region.drop : undefined)

/** The title that index.html gives the page. */
const pageTitle = document.title
