import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes the files, or with `--check` only compares them. Answers the exit code; stale files are named. */
export async function writeOrCheck(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  say: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Promise<number> {
  if (!args.includes('--check')) {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      say(`written: ${path}`);
    }
    return 0;
  }
  const stale = Object.entries(files).filter(([path, text]) => textOf(path) !== text);
  for (const [path] of stale) say(`stale: ${path}`);
  return stale.length > 0 ? 1 : 0;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
