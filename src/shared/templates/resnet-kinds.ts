import { choice, int } from '../layers/fields.js'
import { defineTemplate, imageFields, type Template } from './define.js'
import { bn, BLOCKS, photographs } from './photographs.js'
import { doubled } from './stages.js'

/** Wide ResNet-50-2 (Zagoruyko and Komodakis 2016): inner convolutions twice as wide. */
export const wideResnet: Template = defineTemplate({
  name: 'wide-resnet-50-2',
  title: 'Wide ResNet-50-2',
  family: 'ResNet',
  source: 'Zagoruyko and Komodakis 2016',
  doc: 'ResNet-50 with twice the channels inside its blocks: wider instead of deeper.',
  params: {
    ...imageFields(224, 1000),
    factor: int('How many times as wide the inner convolutions are as those of ResNet-50.', 2, { max: 16 }),
    bn,
  },
  build: (v) =>
    photographs('Wide ResNet-50-2', v, BLOCKS[50], 'bottleneck', (stage) => {
      return { width: doubled(64 * v.factor)(stage), channels: doubled(256)(stage), variant: 'v1.5', batch_norm: v.bn }
    }),
  published: [
    {
      at: {},
      parameters: 68_951_464,
      trainable: 68_883_240,
      multiplyAdds: 11_398_021_120,
      source: 'torchvision 0.29 wide_resnet50_2, counted by PyTorch 2.15',
    },
    {
      at: { bn: false },
      parameters: 68_849_128,
      trainable: 68_849_128,
      multiplyAdds: 11_398_021_120,
      source: 'pytorchcv 0.0.74 wrn50_2, counted by PyTorch 2.15',
    },
  ],
})

/** ResNeXt-50 (Xie et al. 2017, table 1). */
export const resnext50: Template = defineTemplate({
  name: 'resnext-50-32x4d',
  title: 'ResNeXt-50 32x4d',
  family: 'ResNet',
  source: 'Xie et al. 2017',
  doc: 'ResNet-50 whose 3x3 convolutions are split into 32 groups: better at the same work.',
  params: {
    ...imageFields(224, 1000),
    groups: int('Groups of the 3x3 convolutions (the cardinality).', 32, { max: 1024 }),
    group_width: int('Channels of each group in the first stage; doubled from stage to stage.', 4, { max: 128 }),
    bn,
  },
  build: (v) =>
    photographs('ResNeXt-50 32x4d', v, BLOCKS[50], 'resnext', (stage) => {
      const group_width = doubled(v.group_width)(stage)
      return { groups: v.groups, group_width, channels: doubled(256)(stage), batch_norm: v.bn }
    }),
  published: [
    {
      at: {},
      parameters: 25_097_128,
      trainable: 25_028_904,
      multiplyAdds: 4_230_479_872,
      source: 'torchvision 0.29 resnext50_32x4d and pytorchcv 0.0.74, counted by PyTorch 2.15',
    },
  ],
})

/** SE-ResNet-50 (Hu et al. 2018, table 1). */
export const seResnet50: Template = defineTemplate({
  name: 'se-resnet-50',
  title: 'SE-ResNet-50',
  family: 'ResNet',
  source: 'Hu et al. 2018',
  doc: 'ResNet-50 that weighs the channels of every block, image by image: a tenth more weights, hardly more work, clearly better.',
  params: {
    ...imageFields(224, 1000),
    variant: choice('Stride on the first 1x1 of a block (v1: paper) or on the 3x3 (v1.5).', 'v1', 'v1.5'),
    reduction: int('Channels for each unit of the dense layers that weigh them.', 16, { max: 256 }),
  },
  build: (v) =>
    photographs('SE-ResNet-50', { ...v, bn: true }, BLOCKS[50], 'se_residual', (stage) => {
      const [width, channels] = [doubled(64)(stage), doubled(256)(stage)]
      return { width, channels, variant: v.variant, reduction: v.reduction }
    }),
  published: [
    {
      at: {},
      parameters: 28_141_144,
      trainable: 28_088_024,
      multiplyAdds: 3_860_488_192,
      source: 'pytorchcv 0.0.74 seresnet50 and timm 1.0 legacy_seresnet50, counted by PyTorch 2.15',
    },
    {
      at: { variant: 'v1.5' },
      parameters: 28_141_144,
      trainable: 28_088_024,
      multiplyAdds: 4_091_699_200,
      source: 'timm 1.0 seresnet50, counted by PyTorch 2.15',
    },
  ],
})
