import bidiFactory from 'bidi-js';

const bidi = bidiFactory();
/** The shaper takes the script of the first letter that has one, and lays Arabic ones from right to left. */
const laidFromRight = /^[\p{Script=Common}\p{Script=Inherited}]*\p{Script=Arabic}/u;

/**
 * The words of one line of text as they stand from left to right (Unicode bidirectional algorithm, UAX 9), spaces between
 * them as pieces of their own; each piece is to be shaped and drawn on its own, which joins its letters. Pieces that the
 * shaper would lay out in the wrong direction - Persian digits count as Arabic script but run left to right - come with
 * their characters reversed.
 * @param direction base direction of the line
 */
export function visualPieces(line: string, direction: 'rtl' | 'ltr' = 'rtl'): string[] {
  const { levels } = bidi.getEmbeddingLevels(line, direction);
  const runs: { level: number; text: string }[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const level = levels[at] ?? 1;
    const char = line.charAt(at);
    const shown = level % 2 === 1 ? (bidi.getMirroredCharacter(char) ?? char) : char;
    const last = runs.at(-1);
    if (last?.level === level) last.text += shown;
    else runs.push({ level, text: shown });
  }
  // L2: from the highest level down to 1, what lies side by side at that level or above is turned round.
  for (let level = Math.max(1, ...runs.map((run) => run.level)); level >= 1; level -= 1) {
    for (let from = 0; from < runs.length; from += 1) {
      let to = from;
      while ((runs[to]?.level ?? -1) >= level) to += 1;
      if (to > from) runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  }
  return runs.flatMap(({ level, text }) => {
    const fromRight = level % 2 === 1;
    const words = text.split(/(\s+)/).filter((word) => word !== '');
    return (fromRight ? words.reverse() : words).map((word) =>
      fromRight === laidFromRight.test(word) ? word : [...word].reverse().join(''),
    );
  });
}
