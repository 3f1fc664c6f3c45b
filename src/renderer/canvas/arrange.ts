import { arrange } from '../stores/arrange.js'
import { canvasHandle } from './handle.js'

/** Place the nodes anew and show all of them, once they are drawn there. */
export function arrangeAndShow(): void {
  arrange()
  requestAnimationFrame(() => canvasHandle()?.fit())
}
