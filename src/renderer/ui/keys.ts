const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const SIGNS: Readonly<Record<string, string>> = {
  $mod: MAC ? '⌘' : 'Ctrl',
  Shift: MAC ? '⇧' : 'Shift',
  Alt: MAC ? '⌥' : 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Equal: '+',
  Minus: '−',
}

/** A key binding for people: `$mod+Shift+KeyZ` → `Ctrl+Shift+Z`, on a Mac `⌘⇧Z`. */
export function keysText(binding: string): string {
  if (binding === 'Shift+?') return '?'
  return binding
    .split('+')
    .map((key) => SIGNS[key] ?? key.replace(/^Key|^Digit/, ''))
    .join(MAC ? '' : '+')
}
