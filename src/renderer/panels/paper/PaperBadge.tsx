import { Button } from 'react-aria-components/Button'
import { paperCheckText } from '../../../shared/templates/paper-check.js'
import { selectNothing } from '../../stores/selection.js'
import { withTimes } from '../../ui/format.js'
import { Tip } from '../../ui/Tooltip.js'
import { showPlace } from '../show-place.js'
import { OUTCOMES, usePaperCheck } from './paper.js'
import './paper.css'

/** The paper check as a mark in the dock's row, in sight during every edit; pressed, it shows what deviates. */
export function PaperBadge() {
  const check = usePaperCheck()
  if (!check) return undefined
  const { icon: Sign, words } = OUTCOMES[check.kind]
  const text = withTimes(paperCheckText(check))
  const where = check.kind === 'deviates' ? check.first.where : undefined
  return (
    <Tip text={text}>
      <Button
        className={`paper-badge paper-${check.kind}`}
        aria-label={`${check.template.title}: ${text}`}
        onPress={() => (where ? showPlace(where) : selectNothing())}
      >
        <Sign size={14} strokeWidth={1.75} />
        {words}
      </Button>
    </Tip>
  )
}
