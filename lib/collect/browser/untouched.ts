/** The names that pass untouched, by the build: one text takes fewer bytes in each page than a list. */
export const untouched: readonly string[] = settings.untouched.split(settings.separator);
