/** The stub of TikTok's pixel: its two scripts, and the ways in which the second one takes over the list `ttq`. */

/** Texts by the value of `?manner=`. TikTok's own manner is not documented and has changed. */
export const manners = {
  methods: 'setting its methods',
  object: 'putting an object in its place',
  property: 'redefining its methods',
  replay: 'playing it through the public methods',
} as const;

export type Manner = keyof typeof manners;

/** File names in this folder; the loader asks for the runtime beside itself. */
export const pixelScripts = ['loader.js', 'runtime.js'] as const;

/**
 * @param folder path that serves the two scripts, such as `/shop/pixel`
 * @param to path that gets a POST with each copy, in the form of TikTok's pixel
 * @returns the address of the loader; TikTok's base code adds `?sdkid=…`, which is right too
 */
export const loaderUrl = (folder: string, manner: Manner, to: string): string =>
  `${folder}/loader.js?manner=${manner}&to=${encodeURIComponent(to)}`;
