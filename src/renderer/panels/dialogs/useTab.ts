import { useStore } from 'zustand'
import { documents, type OpenDocument } from '../../stores/document.js'

/** One of the open tabs. */
export function useTab(key: string): OpenDocument | undefined {
  return useStore(documents, (s) => s.open.find((tab) => tab.key === key))
}
