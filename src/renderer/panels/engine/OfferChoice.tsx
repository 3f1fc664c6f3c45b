import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { ENGINE_BUILDS, type EngineBuild, type EngineFacts, type EngineOffer } from '../../../shared/engine.js'
import { useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { bytesWords } from '../export/words.js'
import { Callout } from '../training/Callout.js'
import { BUILD_WORDS, offerWords } from './words.js'

interface Props {
  readonly facts: EngineFacts
  readonly chosen: EngineOffer | undefined
  readonly onChange: (build: EngineBuild) => void
}

/** What can be got, and what keeps it from being got. */
export function OfferChoice({ facts, chosen, onChange }: Props) {
  const services = useServices()
  const { offers, obstacle, free } = facts
  return (
    <>
      {offers.length > 0 && (
        <RadioGroup
          className="engine-offers"
          aria-label="Package"
          value={chosen?.build ?? null}
          onChange={(value) => onChange(ENGINE_BUILDS.find((build) => build === value) ?? 'processor')}
        >
          {offers.map((offer) => (
            <Radio key={offer.title} value={offer.build} className="engine-offer">
              <span className="engine-dot" />
              <span>
                <b>{BUILD_WORDS[offer.build]}</b> <span className="mono muted">{offer.title}</span>
                <small>{offerWords(offer, facts.nvidia)}</small>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {obstacle && !chosen?.python && (
        <Callout
          kind="warning"
          message={obstacle.message}
          hint={obstacle.hint}
          action={<Button onPress={() => services.engineFacts.again('')}>Look again</Button>}
        />
      )}
      {chosen && free !== undefined && free < chosen.disk && (
        <Callout
          kind="warning"
          message={`It takes about ${bytesWords(chosen.disk)}, but the disk has ${bytesWords(free)} free.`}
          hint="Make room there first."
          action={<Button onPress={() => services.engineFacts.again('')}>Look again</Button>}
        />
      )}
    </>
  )
}
