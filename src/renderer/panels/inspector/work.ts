import { grouped } from '../../ui/format.js'

/** Multiply-adds for one image: a number, unless the images may have any size. */
export function workWords(multiplyAdds: number, anySize: boolean): string {
  return anySize ? 'depend on the image' : grouped(multiplyAdds)
}
