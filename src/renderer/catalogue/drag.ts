/** Media type of a palette entry while it is dragged; its data is the type of the layer or block. */
export const DRAGGED_KIND = 'application/x-netwright-kind'
