import words from './amount.fa.json';

const split = (list: string): readonly string[] => list.split(' ');
const ones = split(words.ones);
const tens = split(words.tens);
const hundreds = split(words.hundreds);
const scales = split(words.scales);
const max = 10 ** (3 * scales.length);

/** `یک میلیون و دویست هزار`; undefined for what is not a whole number from 0 to below 10^15. */
export function inWords(value: number): string | undefined {
  if (!Number.isSafeInteger(value) || value < 0 || value >= max) return undefined;
  if (value === 0) return ones[0];
  const said: string[] = [];
  for (let rest = value, scale = 0; rest > 0; rest = Math.floor(rest / 1_000), scale++) {
    const group = rest % 1_000;
    if (group === 0) continue;
    said.unshift(scale === 0 ? below1000(group) : `${below1000(group)} ${scales[scale]}`);
  }
  return said.join(words.and);
}

function below1000(value: number): string {
  const rest = value % 100;
  return [
    value >= 100 ? hundreds[Math.floor(value / 100)] : undefined,
    rest >= 20 ? tens[Math.floor(rest / 10)] : undefined,
    rest >= 20 ? (rest % 10 > 0 ? ones[rest % 10] : undefined) : rest > 0 ? ones[rest] : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(words.and);
}
