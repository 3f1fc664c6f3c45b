import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Give back what nobody holds, so that memory can be compared: what the first round frees may hold more. */
export function collect(): void {
  gc()
  gc()
}
