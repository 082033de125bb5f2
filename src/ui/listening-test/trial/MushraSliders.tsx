/** A MUSHRA page: the open reference, one slider per condition on a common scale, and the button for the next page. */
import { Fragment } from 'react'
import type { RunningTest, StimulusKey } from '../../../store/listening-test/test-state.ts'
import { Icon } from '../../controls/icons.tsx'
import { useActions } from '../../shell/page-context.ts'
import { qualities, qualityOf } from '../test-texts.ts'
import styles from './MushraSliders.module.css'
import { useStimulus } from './use-stimulus.ts'

/** Initial position of a slider; it does not count as a rating until the slider is moved. */
const unmoved = 50

export function MushraSliders({ test }: { readonly test: RunningTest }) {
  return (
    <div className={styles.board}>
      <div className={styles.left}>
        <HearButton test={test} stimulus="reference" name="Play reference" text="Reference" />
        <div className={styles.scale} aria-hidden="true">
          {qualities.map((quality, index) => (
            <Fragment key={quality}>
              <span>{quality}</span>
              <span className={styles.hundred}>{100 - 20 * index}</span>
            </Fragment>
          ))}
          <span className={styles.zero}>0</span>
        </div>
      </div>
      {test.ratings.map((rating, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is identified by its position alone
        <Slider key={index} index={index} rating={rating} test={test} />
      ))}
    </div>
  )
}

/** The button for the next page, with what is still missing before it can be pressed. */
export function MushraNext({ test }: { readonly test: RunningTest }) {
  const { answerTrial } = useActions().test
  return (
    <div className={styles.next}>
      <p className="small soft" role="status" id="mushra-lacks">
        {whatLacks(test)}
      </p>
      <button
        type="button"
        className="button primary"
        aria-disabled={!test.mayAnswer}
        aria-describedby="mushra-lacks"
        onClick={() => void answerTrial({ kind: 'mushra' })}
      >
        Next
      </button>
    </div>
  )
}

type HearProps = {
  readonly test: RunningTest
  readonly stimulus: StimulusKey
  readonly name: string
  readonly text: string
}

function HearButton({ test, stimulus, name, text }: HearProps) {
  const { sounds, heard, icon, play } = useStimulus(test, stimulus)
  return (
    <button
      type="button"
      className={styles.hear}
      aria-label={name}
      aria-pressed={sounds}
      data-heard={heard}
      onClick={play}
    >
      <Icon name={icon} />
      {text}
    </button>
  )
}

type SliderProps = { readonly index: number; readonly rating: number | undefined; readonly test: RunningTest }

function Slider({ index, rating, test }: SliderProps) {
  const { rateStimulus } = useActions().test
  const number = index + 1
  const rated = rating !== undefined
  return (
    <div className={styles.column}>
      <HearButton test={test} stimulus={`${number}`} name={`Play condition ${number}`} text={`${number}`} />
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        className={styles.slider}
        aria-label={`Rating of condition ${number}`}
        aria-valuetext={rated ? `${rating}, ${qualityOf(rating)}` : 'not rated yet'}
        data-rated={rated}
        data-slider={number}
        value={rating ?? unmoved}
        onChange={({ target }) => rateStimulus(index, Number(target.value))}
        // Releasing the thumb where it stood also counts as a rating.
        onPointerUp={({ currentTarget }) => rateStimulus(index, Number(currentTarget.value))}
      />
      <output className={styles.number}>{rating ?? '–'}</output>
    </div>
  )
}

function whatLacks({ keys, heard, ratings }: RunningTest): string {
  const unheard = keys.filter((key) => !heard.includes(key))
  const unrated = ratings.flatMap((rating, index) => (rating === undefined ? [index + 1] : []))
  const parts = [
    unheard.length > 0 && `Not heard yet: ${unheard.join(', ')}.`,
    unrated.length > 0 && `Not rated yet: ${unrated.join(', ')}.`,
  ]
  return (
    parts.filter((part) => part).join(' ') ||
    'You have heard and rated all of them. One of them is the reference.'
  )
}
