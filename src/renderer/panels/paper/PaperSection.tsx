import { paperCheckText } from '../../../shared/templates/paper-check.js'
import { Button } from '../../ui/Button.js'
import { withTimes } from '../../ui/format.js'
import { showPlace } from '../show-place.js'
import { OUTCOMES, usePaperCheck } from './paper.js'
import './paper.css'

/** The paper check of the net in full, for its inspector. */
export function PaperSection() {
  const check = usePaperCheck()
  if (!check) return undefined
  const { icon: Sign } = OUTCOMES[check.kind]
  const where = check.kind === 'deviates' ? check.first.where : undefined
  return (
    <section aria-label="Paper check" className="inspector-section">
      <h3 className="section-title">Paper check</h3>
      <div className={`paper-text paper-${check.kind}`}>
        <Sign size={16} strokeWidth={1.5} />
        <p>{withTimes(paperCheckText(check))}</p>
      </div>
      {where && <Button onPress={() => showPlace(where)}>Show {where.node}</Button>}
    </section>
  )
}
