/** What jsdom lacks and the window uses: nothing to scroll, sizes that never change, a canvas that draws nothing, no media query that matches. */

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const blank: CanvasRenderingContext2D = new Proxy({} as CanvasRenderingContext2D, {
  get: (target, name) => (name in target ? target[name as keyof typeof target] : () => ({ width: 8 })),
})

globalThis.ResizeObserver ??= NoObserver as unknown as typeof ResizeObserver
globalThis.Path2D ??= class {
  moveTo(): void {}
  lineTo(): void {}
  arc(): void {}
  rect(): void {}
  closePath(): void {}
} as unknown as typeof Path2D
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as unknown as typeof CSS
window.matchMedia ??= (media: string) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList
Element.prototype.scrollIntoView ??= () => undefined
HTMLCanvasElement.prototype.getContext = (() => blank) as unknown as HTMLCanvasElement['getContext']
