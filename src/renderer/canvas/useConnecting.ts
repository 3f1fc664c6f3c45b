import type { Connection, FinalConnectionState, IsValidConnection } from '@xyflow/react'
import { useCallback, useMemo } from 'react'
import { kindIn } from '../../shared/document/kinds.js'
import { canConnect } from '../../shared/document/wires.js'
import { shownDocument } from '../stores/document.js'
import { tryConnect } from '../stores/edits.js'
import { say } from '../stores/notices.js'
import type { FlowEdge } from './flow.js'
import { portIndex } from './ports.js'
import type { QuickAddPlace } from './QuickAdd.js'

/** What drawing a wire means: it joins, also where it is let go over a node; is refused with a reason; or on empty canvas offers what fits. */
export function useConnecting(openQuickAdd: (place: QuickAddPlace) => void) {
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromNode, fromHandle, toNode, toHandle, isValid } = state
      const point = 'changedTouches' in event ? event.changedTouches[0] : event
      if (!fromNode || !fromHandle || !point || (toNode && isValid)) return
      const screen = [point.clientX, point.clientY] as const
      const target = toNode?.id ?? nodeUnder(...screen)
      const isSource = fromHandle.type === 'source'
      if (target === undefined) {
        openQuickAdd({ screen, ...(isSource ? { from: fromNode.id } : { to: fromNode.id }) })
      } else if (target !== fromNode.id) {
        const [from, to] = isSource ? [fromNode.id, target] : [target, fromNode.id]
        const [start, end] = isSource ? [fromHandle, toHandle] : [toHandle, fromHandle]
        const input = end?.type === 'target' ? inputAt(to, end.id ?? null) : undefined
        const reason = tryConnect(from, to, { input, output: start?.type === 'source' ? portIndex(start.id) : 0 })
        if (reason) say(reason)
      }
    },
    [openQuickAdd],
  )
  return useMemo(() => ({ onConnect, isValidConnection, onConnectEnd }), [onConnectEnd])
}

function nodeUnder(x: number, y: number): string | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node')?.dataset['id']
}

function onConnect({ source, target, sourceHandle, targetHandle }: Connection): void {
  const reason = tryConnect(source, target, { output: portIndex(sourceHandle), input: inputAt(target, targetHandle) })
  if (reason) say(reason)
}

/** The input under the pointer, where a node has several by name; the others take their next free one. */
function inputAt(target: string, handle: string | null): number | undefined {
  const document = shownDocument()
  const names = document && kindIn(document, document.nodes[target]?.type ?? '')?.ports?.inputs
  return names && names.length > 1 ? portIndex(handle) : undefined
}

const isValidConnection: IsValidConnection<FlowEdge> = ({ source, target, targetHandle }) =>
  reasonOf(source, target, inputAt(target, targetHandle ?? null)) === undefined

function reasonOf(from: string, to: string, input?: number): string | undefined {
  const document = shownDocument()
  if (!document) return undefined
  const verdict = canConnect(document, from, to, input)
  return verdict.ok ? undefined : verdict.reason
}
