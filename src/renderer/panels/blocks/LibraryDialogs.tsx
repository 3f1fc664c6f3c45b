import type { LibraryBlock } from '../../../shared/api.js'
import { useLibrary } from '../../stores/library.js'
import { Button } from '../../ui/Button.js'
import { Question } from '../../ui/Question.js'

interface ReplaceProps {
  readonly name: string
  readonly onClose: () => void
}

/** Another block of this name is in the library. */
export function ReplaceBlockDialog({ name, onClose }: ReplaceProps) {
  const library = useLibrary()
  return (
    <OneAnswer
      title={`Your library has another block “${name}”`}
      words="Replacing it takes it out of the library; nets that use it keep it. To have both, duplicate yours and save that."
      verb="Replace"
      act={() => void library.keep(name, true)}
      onClose={onClose}
    />
  )
}

interface RemoveProps {
  readonly entry: LibraryBlock
  readonly onClose: () => void
}

/** What leaves the library may be in no net, and cannot be brought back then. */
export function RemoveBlockDialog({ entry, onClose }: RemoveProps) {
  const library = useLibrary()
  return (
    <OneAnswer
      title={`Remove “${entry.title}” from your library?`}
      words="Nets that use it keep it; if none does, it is gone for good."
      verb="Remove"
      act={() => void library.remove(entry)}
      onClose={onClose}
    />
  )
}

interface OneAnswerProps {
  readonly title: string
  readonly words: string
  readonly verb: string
  readonly act: () => void
  readonly onClose: () => void
}

function OneAnswer({ title, words, verb, act, onClose }: OneAnswerProps) {
  const agree = () => {
    onClose()
    act()
  }
  const answer = (
    <Button kind="primary" onPress={agree}>
      {verb}
    </Button>
  )
  return (
    <Question title={title} answers={answer} onClose={onClose}>
      {words}
    </Question>
  )
}
