/** Where the picture that is drawn of an upload lies, and its preview: beside it. */
export const pictureOf = (path: string): string => `${path}.picture`
export const previewOf = (path: string): string => `${path}.preview`
