/** The stub of TikTok's pixel: its two scripts, and the ways in which the second one takes over the list `ttq`. */

/** Texts by the value of `?manner=`. TikTok's own manner is not documented and has changed. */
export const manners = {
  methods: 'sets methods on the list',
  object: 'replaces the list with an object',
  property: 'redefines the list’s properties',
  replay: 'replays the list through its methods',
} as const;

export type Manner = keyof typeof manners;

/** File names in this folder; the loader asks for the runtime beside itself. */
export const pixelScripts = ['loader.js', 'runtime.js'] as const;

/**
 * @param folder path that serves the two scripts, such as `/shop/pixel`
 * @param to path that gets a POST with each copy, in the form of TikTok's pixel
 * @returns the address of the loader; TikTok's base code adds a second `?sdkid=…`, which the loader reads as well
 */
export const loaderUrl = (folder: string, manner: Manner, to: string): string =>
  `${folder}/loader.js?manner=${manner}&to=${encodeURIComponent(to)}`;
