import type { Schemas } from '../../api/client';
import fa from './fa.json';

/** What a send is called in a list: its title, or how its text begins; the text of a code is shown to nobody. */
export function nameOf({ title, text, lane }: Pick<Schemas['SendDto'], 'title' | 'text' | 'lane'>): string {
  return title || (lane === 'otp' ? fa.codeSend : text.slice(0, 80));
}
