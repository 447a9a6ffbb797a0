/**
 * A file that is written by hand in the main has regions that `npm run gen` makes. Each stands between two comment lines:
 *   # made by npm run gen from deploy/programs.mjs: programs
 *   # end of programs
 * with `<!--` and `-->` in Markdown.
 * @param regions text of each region by its name, without the comments
 * @throws Error where a region is not there
 */
export function withRegions(text: string, regions: Readonly<Record<string, string>>): string {
  let made = text;
  for (const [name, content] of Object.entries(regions)) {
    const region = new RegExp(
      `^(.*made by npm run gen.*: ${name}(?: -->)?)$[^]*?^( *(?:#|<!--) end of ${name}(?: -->)?)$`,
      'm',
    );
    if (!region.test(made)) throw new Error(`no region ${name} in the file`);
    made = made.replace(region, (_all, first: string, last: string) => `${first}\n${content}\n${last}`);
  }
  return made;
}
