import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { Button } from './Button.js'
import { EmptyState } from './EmptyState.js'

export interface BoundaryProps {
  /** What fails, as the start of a sentence: `The canvas`. */
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly failed: string | undefined
}

const NOTHING_FAILED: State = { failed: undefined }

/** Keeps a fault in one place of the window from taking the others with it; documents live outside and are not touched. */
export class Boundary extends Component<BoundaryProps, State> {
  override state = NOTHING_FAILED

  static getDerivedStateFromError(error: unknown): State {
    return { failed: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { failed } = this.state
    if (failed === undefined) return this.props.children
    return (
      <EmptyState
        icon={TriangleAlert}
        title={`${this.props.name} could not be shown`}
        action={<Button onPress={() => this.setState(NOTHING_FAILED)}>Show again</Button>}
      >
        This is a fault of Netwright: {failed}. Your documents are still open.
      </EmptyState>
    )
  }
}
