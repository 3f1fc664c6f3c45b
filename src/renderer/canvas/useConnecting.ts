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

/** What drawing a wire means: it joins, is refused with a reason, or on empty canvas offers what fits. */
export function useConnecting(openQuickAdd: (place: QuickAddPlace) => void) {
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromNode, fromHandle, toNode, isValid } = state
      if (!fromNode || !fromHandle) return
      const isSource = fromHandle.type === 'source'
      if (toNode && isValid === false) {
        const reason = isSource ? reasonOf(fromNode.id, toNode.id) : reasonOf(toNode.id, fromNode.id)
        if (reason) say(reason)
      } else if (!toNode) {
        const point = 'changedTouches' in event ? event.changedTouches[0] : event
        if (!point) return
        openQuickAdd({
          screen: [point.clientX, point.clientY],
          ...(isSource ? { from: fromNode.id } : { to: fromNode.id }),
        })
      }
    },
    [openQuickAdd],
  )
  return useMemo(() => ({ onConnect, isValidConnection, onConnectEnd }), [onConnectEnd])
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
