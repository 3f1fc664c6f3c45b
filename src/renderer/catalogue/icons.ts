import {
  Activity,
  AlignVerticalSpaceAround,
  ArrowRight,
  Blend,
  Boxes,
  ChevronsDown,
  CirclePlus,
  CircleQuestionMark,
  Columns3,
  CornerUpRight,
  Dices,
  FoldVertical,
  Globe,
  Grid3x3,
  Image,
  Layers2,
  Network,
  Rows3,
  ScanSearch,
  Target,
  Waves,
} from 'lucide-react'
import type { Family } from '../../shared/layers/define.js'
import type { Icon } from '../ui/Button.js'

/** One icon per family: what a type without its own is drawn with. */
const FAMILIES: Readonly<Record<Family, Icon>> = {
  io: Image,
  conv: Grid3x3,
  pool: ChevronsDown,
  norm: Waves,
  act: Activity,
  merge: Layers2,
  dense: Network,
  head: Target,
  block: Boxes,
}

const TYPES: Readonly<Record<string, Icon>> = {
  average_pool: AlignVerticalSpaceAround,
  global_average_pool: Globe,
  global_max_pool: ScanSearch,
  lrn: Blend,
  dropout: Dices,
  add: CirclePlus,
  flatten: FoldVertical,
  inception: Columns3,
  residual: CornerUpRight,
  conv_bn: Grid3x3,
  auxiliary_classifier: Target,
  vgg_stage: Rows3,
  plain: ArrowRight,
}

/** The icon of a layer or block type. */
export function iconOf(type: string, family: Family | undefined): Icon {
  return TYPES[type] ?? (family ? FAMILIES[family] : CircleQuestionMark)
}
