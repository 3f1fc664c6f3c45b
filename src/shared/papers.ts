/** Papers that layers, blocks and templates come from: title, and where to read it. */
const PAPERS = {
  'Ba et al. 2016': ['Layer Normalization', 'arXiv:1607.06450'],
  'Bishop 1995': ['Training with Noise is Equivalent to Tikhonov Regularization', 'Neural Computation 7(1)'],
  'Bridle 1990': [
    'Probabilistic Interpretation of Feedforward Classification Network Outputs',
    'Neurocomputing, Springer',
  ],
  'Chollet 2017': ['Xception: Deep Learning with Depthwise Separable Convolutions', 'arXiv:1610.02357'],
  'Clevert et al. 2016': ['Fast and Accurate Deep Network Learning by Exponential Linear Units', 'arXiv:1511.07289'],
  'Dugas et al. 2001': ['Incorporating Second-Order Functional Knowledge for Better Option Pricing', 'NIPS 13'],
  'Dumoulin and Visin 2016': ['A Guide to Convolution Arithmetic for Deep Learning', 'arXiv:1603.07285'],
  'Goodfellow et al. 2013': ['Maxout Networks', 'arXiv:1302.4389'],
  'He et al. 2015': ['Delving Deep into Rectifiers', 'arXiv:1502.01852'],
  'He et al. 2016': ['Deep Residual Learning for Image Recognition', 'arXiv:1512.03385'],
  'He et al. 2016b': ['Identity Mappings in Deep Residual Networks', 'arXiv:1603.05027'],
  'Hendrycks and Gimpel 2016': ['Gaussian Error Linear Units', 'arXiv:1606.08415'],
  'Howard et al. 2017': [
    'MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications',
    'arXiv:1704.04861',
  ],
  'Howard et al. 2019': ['Searching for MobileNetV3', 'arXiv:1905.02244'],
  'Hu et al. 2018': ['Squeeze-and-Excitation Networks', 'arXiv:1709.01507'],
  'Huang et al. 2016': ['Deep Networks with Stochastic Depth', 'arXiv:1603.09382'],
  'Huang et al. 2017': ['Densely Connected Convolutional Networks', 'arXiv:1608.06993'],
  'Iandola et al. 2016': ['SqueezeNet: AlexNet-level Accuracy with 50x Fewer Parameters', 'arXiv:1602.07360'],
  'Ioffe and Szegedy 2015': ['Batch Normalization: Accelerating Deep Network Training', 'arXiv:1502.03167'],
  'Klambauer et al. 2017': ['Self-Normalizing Neural Networks', 'arXiv:1706.02515'],
  'Krizhevsky 2010': ['Convolutional Deep Belief Networks on CIFAR-10', 'University of Toronto'],
  'Krizhevsky et al. 2012': ['ImageNet Classification with Deep Convolutional Neural Networks', 'NIPS 25'],
  'LeCun et al. 1998': ['Gradient-Based Learning Applied to Document Recognition', 'Proceedings of the IEEE 86(11)'],
  'Lin et al. 2014': ['Network in Network', 'arXiv:1312.4400'],
  'Liu et al. 2022': ['A ConvNet for the 2020s', 'arXiv:2201.03545'],
  'Maas et al. 2013': [
    'Rectifier Nonlinearities Improve Neural Network Acoustic Models',
    'ICML Workshop on Deep Learning',
  ],
  'Misra 2019': ['Mish: A Self Regularized Non-Monotonic Activation Function', 'arXiv:1908.08681'],
  'Nair and Hinton 2010': ['Rectified Linear Units Improve Restricted Boltzmann Machines', 'ICML 27'],
  'Ramachandran et al. 2017': ['Searching for Activation Functions', 'arXiv:1710.05941'],
  'Rumelhart et al. 1986': ['Learning Representations by Back-propagating Errors', 'Nature 323'],
  'Sandler et al. 2018': ['MobileNetV2: Inverted Residuals and Linear Bottlenecks', 'arXiv:1801.04381'],
  'Simonyan and Zisserman 2015': [
    'Very Deep Convolutional Networks for Large-Scale Image Recognition',
    'arXiv:1409.1556',
  ],
  'Srivastava et al. 2014': ['Dropout: A Simple Way to Prevent Neural Networks from Overfitting', 'JMLR 15'],
  'Szegedy et al. 2015': ['Going Deeper with Convolutions', 'arXiv:1409.4842'],
  'Szegedy et al. 2016': ['Rethinking the Inception Architecture for Computer Vision', 'arXiv:1512.00567'],
  'Szegedy et al. 2017': [
    'Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning',
    'arXiv:1602.07261',
  ],
  'Tan and Le 2019': ['EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks', 'arXiv:1905.11946'],
  'Tompson et al. 2015': ['Efficient Object Localization Using Convolutional Networks', 'arXiv:1411.4280'],
  'Touvron et al. 2021': ['Going Deeper with Image Transformers', 'arXiv:2103.17239'],
  'Ulyanov et al. 2016': ['Instance Normalization: The Missing Ingredient for Fast Stylization', 'arXiv:1607.08022'],
  'Wu and He 2018': ['Group Normalization', 'arXiv:1803.08494'],
  'Xie et al. 2017': ['Aggregated Residual Transformations for Deep Neural Networks', 'arXiv:1611.05431'],
  'Zagoruyko and Komodakis 2016': ['Wide Residual Networks', 'arXiv:1605.07146'],
  'Zhang et al. 2018': [
    'ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile Devices',
    'arXiv:1707.01083',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, place: string]>>

/** A paper as it is named in sources. */
export type Paper = keyof typeof PAPERS

/** `Howard et al. 2017, “MobileNets: …”, arXiv:1704.04861`. */
export function paperText(paper: Paper): string {
  const [title, place] = PAPERS[paper]
  return `${paper}, “${title}”, ${place}`
}
