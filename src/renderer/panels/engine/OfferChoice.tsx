import { Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import type { EngineFacts, EngineOffer } from '../../../shared/engine.js'
import { useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { bytesWords } from '../export/words.js'
import { Callout } from '../training/Callout.js'
import { offerWords } from './words.js'

interface Props {
  readonly facts: EngineFacts
  readonly gpu: boolean
  readonly onChange: (gpu: boolean) => void
}

/** What can be got, and what keeps it from being got. */
export function OfferChoice({ facts, gpu, onChange }: Props) {
  const services = useServices()
  const { offers, obstacle, free } = facts
  const chosen = offers.find((offer) => offer.gpu === gpu)
  return (
    <>
      {offers.length > 0 && (
        <RadioGroup
          className="engine-offers"
          aria-label="Package"
          value={String(gpu)}
          onChange={(value) => onChange(value === 'true')}
        >
          {offers.map((offer) => (
            <Radio key={offer.title} value={String(offer.gpu)} className="engine-offer">
              <span className="engine-dot" />
              <span>
                <b>{titleOf(offer)}</b> <span className="mono muted">{offer.title}</span>
                <small>{`${offerWords(offer)}${offer.gpu && !facts.nvidia ? ' No NVIDIA driver was found here.' : ''}`}</small>
              </span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {obstacle && (
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

function titleOf({ gpu }: EngineOffer): string {
  return gpu ? 'For NVIDIA cards' : 'For the processor'
}
