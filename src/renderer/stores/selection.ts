import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Wire } from '../../shared/document/document.js'

/** What is selected in the shown document; wires by `wireKey`. */
export interface Selection {
  readonly nodes: readonly string[]
  readonly wires: readonly string[]
}

const NOTHING: Selection = { nodes: [], wires: [] }

export const selection = createStore<Selection>(() => NOTHING)

export function useSelection<T>(select: (state: Selection) => T): T {
  return useStore(selection, select)
}

/** Select exactly these; the same selection stays the same object. */
export function select(nodes: readonly string[], wires: readonly string[] = []): void {
  const { nodes: n, wires: w } = selection.getState()
  if (equal(n, nodes) && equal(w, wires)) return
  selection.setState({ nodes, wires }, true)
}

export function selectNothing(): void {
  select([], [])
}

/** A wire's name in a selection: an input takes one wire. */
export function wireKey({ to, input }: Pick<Wire, 'to' | 'input'>): string {
  return `${to}:${input}`
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i])
}
